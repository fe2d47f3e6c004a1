/* documents.c - the three resources that keep documents: state, agent profile, activity profile. */
#include "document.h"
#include "statement.h"
#include "xapi.words.h"

#define ACTIVITY(owner)      FIELD(owner, activityId, .required = true, .max = IRI_BYTES_MAX)
#define AGENT(owner)         FIELD(owner, agent, .required = true, .max = 10000)
#define REGISTRATION(owner)  FIELD(owner, registration, .max = 100)
#define SINCE(owner)         FIELD(owner, since, .max = 60)
#define TAGS(owner)          FIELD(owner, if_match, .max = 1000), FIELD(owner, if_none_match, .max = 1000)
#define CONTENT(owner)       XAPI_TYPE(owner), FIELD(owner, body, .file = true, .max = DOCUMENT_BYTES_MAX)

struct state_put { str version, body, type, if_match, if_none_match, activityId, agent, registration, stateId; };
struct state_get { str version, if_none_match, activityId, agent, registration, stateId, since; };
struct state_delete { str version, if_match, if_none_match, activityId, agent, registration, stateId; };
struct agent_put { str version, body, type, if_match, if_none_match, agent, profileId; };
struct agent_get { str version, if_none_match, agent, profileId, since; };
struct agent_delete { str version, if_match, if_none_match, agent, profileId; };
struct activity_put { str version, body, type, if_match, if_none_match, activityId, profileId; };
struct activity_get { str version, if_none_match, activityId, profileId, since; };
struct activity_delete { str version, if_match, if_none_match, activityId, profileId; };

RECORD(state_put, XAPI_VERSION(state_put), CONTENT(state_put), TAGS(state_put), ACTIVITY(state_put), AGENT(state_put), REGISTRATION(state_put),
	FIELD(state_put, stateId, .required = true, .max = 1000));
RECORD(state_get, XAPI_VERSION(state_get), FIELD(state_get, if_none_match, .max = 1000), ACTIVITY(state_get), AGENT(state_get), REGISTRATION(state_get),
	FIELD(state_get, stateId, .max = 1000), SINCE(state_get));
RECORD(state_delete, XAPI_VERSION(state_delete), TAGS(state_delete), ACTIVITY(state_delete), AGENT(state_delete), REGISTRATION(state_delete),
	FIELD(state_delete, stateId, .max = 1000));
RECORD(agent_put, XAPI_VERSION(agent_put), CONTENT(agent_put), TAGS(agent_put), AGENT(agent_put), FIELD(agent_put, profileId, .required = true, .max = 1000));
RECORD(agent_get, XAPI_VERSION(agent_get), FIELD(agent_get, if_none_match, .max = 1000), AGENT(agent_get), FIELD(agent_get, profileId, .max = 1000), SINCE(agent_get));
RECORD(agent_delete, XAPI_VERSION(agent_delete), TAGS(agent_delete), AGENT(agent_delete), FIELD(agent_delete, profileId, .required = true, .max = 1000));
RECORD(activity_put, XAPI_VERSION(activity_put), CONTENT(activity_put), TAGS(activity_put), ACTIVITY(activity_put), FIELD(activity_put, profileId, .required = true, .max = 1000));
RECORD(activity_get, XAPI_VERSION(activity_get), FIELD(activity_get, if_none_match, .max = 1000), ACTIVITY(activity_get), FIELD(activity_get, profileId, .max = 1000), SINCE(activity_get));
RECORD(activity_delete, XAPI_VERSION(activity_delete), TAGS(activity_delete), ACTIVITY(activity_delete), FIELD(activity_delete, profileId, .required = true, .max = 1000));

#define PUT_STATE(in)       (&(struct document_wanted){ .version = (in)->version, .body = (in)->body, .type = (in)->type, .if_match = (in)->if_match, \
	.if_none_match = (in)->if_none_match, .activityId = (in)->activityId, .agent = (in)->agent, .registration = (in)->registration, .id = (in)->stateId })
#define PUT_AGENT(in)       (&(struct document_wanted){ .version = (in)->version, .body = (in)->body, .type = (in)->type, .if_match = (in)->if_match, \
	.if_none_match = (in)->if_none_match, .agent = (in)->agent, .id = (in)->profileId })
#define PUT_ACTIVITY(in)    (&(struct document_wanted){ .version = (in)->version, .body = (in)->body, .type = (in)->type, .if_match = (in)->if_match, \
	.if_none_match = (in)->if_none_match, .activityId = (in)->activityId, .id = (in)->profileId })

OPERATION(xapi_state_put, state_put, raw_reply, .route = "PUT /xapi/activities/state", .allow = "xapi:state", .protocol = &xapi_protocol, .effect = WRITES,
	.reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Keeps a document about how far an agent is in an activity.")
{
	return document_put(c, STATE_DOCUMENT, PUT_STATE(in), false, out);
}

OPERATION(xapi_state_post, state_put, raw_reply, .route = "POST /xapi/activities/state", .allow = "xapi:state", .protocol = &xapi_protocol, .effect = WRITES,
	.reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Merges a JSON document into the one that is kept, member by member; keeps it when there is none.")
{
	return document_put(c, STATE_DOCUMENT, PUT_STATE(in), true, out);
}

OPERATION(xapi_state_get, state_get, raw_reply, .route = "GET /xapi/activities/state", .allow = "xapi:state", .protocol = &xapi_protocol,
	.reply = RAW, .doc = "One document by its stateId; without it the ids of all, or of those changed since a moment.")
{
	return document_get(c, STATE_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_none_match = in->if_none_match, .activityId = in->activityId,
		.agent = in->agent, .registration = in->registration, .id = in->stateId, .since = in->since }, out);
}

OPERATION(xapi_state_delete, state_delete, raw_reply, .route = "DELETE /xapi/activities/state", .allow = "xapi:state", .protocol = &xapi_protocol, .effect = WRITES,
	.reply = RAW, .doc = "Removes one document, or without stateId all of this agent, activity and, if given, registration.")
{
	return document_delete(c, STATE_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_match = in->if_match, .if_none_match = in->if_none_match,
		.activityId = in->activityId, .agent = in->agent, .registration = in->registration, .id = in->stateId }, out);
}

OPERATION(xapi_agent_profile_put, agent_put, raw_reply, .route = "PUT /xapi/agents/profile", .allow = "xapi:profile", .protocol = &xapi_protocol, .effect = WRITES,
	.reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Keeps a document about an agent, whatever the activity.")
{
	return document_put(c, AGENT_DOCUMENT, PUT_AGENT(in), false, out);
}

OPERATION(xapi_agent_profile_post, agent_put, raw_reply, .route = "POST /xapi/agents/profile", .allow = "xapi:profile", .protocol = &xapi_protocol, .effect = WRITES,
	.reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Merges a JSON document into an agent's profile.")
{
	return document_put(c, AGENT_DOCUMENT, PUT_AGENT(in), true, out);
}

OPERATION(xapi_agent_profile_get, agent_get, raw_reply, .route = "GET /xapi/agents/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.reply = RAW, .doc = "One profile document of an agent, or the ids of all.")
{
	return document_get(c, AGENT_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_none_match = in->if_none_match, .agent = in->agent,
		.id = in->profileId, .since = in->since }, out);
}

OPERATION(xapi_agent_profile_delete, agent_delete, raw_reply, .route = "DELETE /xapi/agents/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.effect = WRITES, .reply = RAW, .doc = "Removes a profile document of an agent.")
{
	return document_delete(c, AGENT_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_match = in->if_match, .if_none_match = in->if_none_match,
		.agent = in->agent, .id = in->profileId }, out);
}

OPERATION(xapi_activity_profile_put, activity_put, raw_reply, .route = "PUT /xapi/activities/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.effect = WRITES, .reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Keeps a document about an activity, whoever does it.")
{
	return document_put(c, ACTIVITY_DOCUMENT, PUT_ACTIVITY(in), false, out);
}

OPERATION(xapi_activity_profile_post, activity_put, raw_reply, .route = "POST /xapi/activities/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.effect = WRITES, .reply = RAW, .body_max = DOCUMENT_BYTES_MAX, .doc = "Merges a JSON document into an activity's profile.")
{
	return document_put(c, ACTIVITY_DOCUMENT, PUT_ACTIVITY(in), true, out);
}

OPERATION(xapi_activity_profile_get, activity_get, raw_reply, .route = "GET /xapi/activities/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.reply = RAW, .doc = "One profile document of an activity, or the ids of all.")
{
	return document_get(c, ACTIVITY_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_none_match = in->if_none_match, .activityId = in->activityId,
		.id = in->profileId, .since = in->since }, out);
}

OPERATION(xapi_activity_profile_delete, activity_delete, raw_reply, .route = "DELETE /xapi/activities/profile", .allow = "xapi:profile", .protocol = &xapi_protocol,
	.effect = WRITES, .reply = RAW, .doc = "Removes a profile document of an activity.")
{
	return document_delete(c, ACTIVITY_DOCUMENT, &(struct document_wanted){ .version = in->version, .if_match = in->if_match, .if_none_match = in->if_none_match,
		.activityId = in->activityId, .id = in->profileId }, out);
}
