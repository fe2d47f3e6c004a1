/* status.h - what a call that can fail may answer. */
#pragma once

/* The few ways in which something can end. Everything else about a failure is said once, by refuse() in context.h. */
enum status {
	OK,
	NOT_FOUND,     /* what was asked for is not there, or not for this reader */
	FORBIDDEN,     /* it is there; this reader may not */
	INVALID,       /* the input is wrong, and a person can mend it */
	CONFLICT,      /* the input is fine; what is stored has moved on */
	BUSY,          /* locked or overloaded: the same call may succeed later */
	FULL,          /* no room left on a disk: nothing was changed, and somebody can make room */
	BROKEN,        /* a fault of ours or of the machine: logged, with the request's id */
};

#define must_use __attribute__((warn_unused_result))
#define TRY(call) do { enum status status_ = (call); if (status_ != OK) return status_; } while (0)
