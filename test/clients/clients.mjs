// clients.mjs - two clients that others wrote send, find, void, and keep state and profiles against a served Wijzer.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, chownSync, chmodSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const require = createRequire(import.meta.url);
const XAPI = require("@xapi/xapi").default ?? require("@xapi/xapi");
const TinCan = require("tincanjs");
const binary = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "wijzer-clients-"));
const database = `sqlite:${join(folder, "wijzer.db")}`;
let passed = 0, failed = 0;

async function check(name, body) {
	try {
		await body();
		passed++;
		console.log(`ok ${name}`);
	} catch (e) {
		failed++;
		console.log(`FAILED ${name}: ${e?.message ?? e} ${e?.response ? `${e.response.status} ${JSON.stringify(e.response.data)}` : ""}`);
	}
}

const wijzer = (...words) => execFileSync(binary, ["--db", database, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const freePort = () => new Promise((done) => { const s = createServer().listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => done(port)); }); });

function credentials(name, scope, purpose) {
	const printed = wijzer("xapi", "add", "--name", name, "--scope", scope, ...(purpose ? ["--purpose", purpose] : []));
	return Object.fromEntries(printed.trim().split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

async function serve() {
	const port = await freePort();
	const root = process.getuid() === 0;
	if (root) {                                        // served as somebody else, as it must be
		chmodSync(folder, 0o777);
		execFileSync("chown", ["-R", "nobody", folder]);
	}
	const server = spawn(binary, ["--db", database, "serve", "--listen", `127.0.0.1:${port}`, ...(root ? ["--user", "nobody"] : [])], { stdio: ["ignore", "ignore", "pipe"] });
	let said = "";
	await new Promise((done, gone) => {
		server.stderr.on("data", (d) => { said += d; if (said.includes("event=serving")) done(); });
		server.on("exit", () => gone(new Error(`serve ended: ${said}`)));
	});
	return { server, endpoint: `http://127.0.0.1:${port}/xapi/` };
}

const anna = { objectType: "Agent", name: "Anna", mbox: "mailto:anna@x.example" };
const course = { objectType: "Activity", id: "https://x.example/course", definition: { name: { nl: "Cursus", "en-US": "Course" } } };
const completed = { id: "http://adlnet.gov/expapi/verbs/completed", display: { "en-US": "completed" } };

async function xapiClient(endpoint, { key, secret }) {
	const xapi = new XAPI({ endpoint, auth: XAPI.toBasicAuth(key, secret), version: "1.0.3", adapter: "fetch" });
	let id;
	await check("@xapi/xapi: about", async () => assert.ok((await xapi.getAbout()).data.version.includes("1.0.3")));
	await check("@xapi/xapi: sends a statement", async () => {
		id = (await xapi.sendStatement({ statement: { actor: anna, verb: completed, object: course } })).data[0];
		assert.match(id, /^[0-9a-f-]{36}$/);
	});
	await check("@xapi/xapi: sends many and finds them", async () => {
		const sent = (await xapi.sendStatements({ statements: [1, 2, 3].map((n) => ({ actor: anna, verb: completed, object: { ...course, id: `${course.id}/${n}` } })) })).data;
		assert.equal(sent.length, 3);
		const one = (await xapi.getStatement({ statementId: id })).data;
		assert.equal(one.object.id, course.id);
		const found = (await xapi.getStatements({ agent: anna, verb: completed.id, limit: 2 })).data;
		assert.equal(found.statements.length, 2);
		assert.ok(found.more);
		const rest = (await xapi.getMoreStatements({ more: found.more })).data;
		assert.equal(rest.statements.length, 2);
	});
	await check("@xapi/xapi: voids", async () => {
		await xapi.voidStatement({ actor: anna, statementId: id });
		assert.equal((await xapi.getVoidedStatement({ voidedStatementId: id })).data.id, id);
		await assert.rejects(xapi.getStatement({ statementId: id }));
	});
	await check("@xapi/xapi: keeps a state", async () => {
		const at = { agent: anna, activityId: course.id, stateId: "place" };
		await xapi.setState({ ...at, state: { page: 1 } });
		await xapi.createState({ ...at, state: { seen: [1, 2] } });
		assert.deepEqual((await xapi.getState(at)).data, { page: 1, seen: [1, 2] });
		assert.deepEqual((await xapi.getStates({ agent: anna, activityId: course.id })).data, ["place"]);
		await xapi.deleteState(at);
		await assert.rejects(xapi.getState(at));
	});
	await check("@xapi/xapi: keeps profiles, and overwrites only what it has seen", async () => {
		const at = { activityId: course.id, profileId: "settings" };
		await xapi.setActivityProfile({ ...at, profile: { a: 1 }, etag: "*", matchHeader: "If-None-Match" });
		const seen = await xapi.getActivityProfile(at);
		await xapi.setActivityProfile({ ...at, profile: { a: 2 }, etag: seen.headers.etag, matchHeader: "If-Match" });
		await assert.rejects(xapi.setActivityProfile({ ...at, profile: { a: 3 }, etag: seen.headers.etag, matchHeader: "If-Match" }));
		assert.deepEqual((await xapi.getActivityProfile(at)).data, { a: 2 });
		await xapi.setAgentProfile({ agent: anna, profileId: "taste", profile: { large: true }, etag: "*", matchHeader: "If-None-Match" });
		assert.deepEqual((await xapi.getAgentProfile({ agent: anna, profileId: "taste" })).data, { large: true });
	});
	await check("@xapi/xapi: agent and activity", async () => {
		assert.deepEqual((await xapi.getAgent({ agent: anna })).data.mbox, [anna.mbox]);
		assert.equal((await xapi.getActivity({ activityId: course.id })).data.definition.name.nl, "Cursus");
	});
}

async function tinCanClient(endpoint, { key, secret }) {
	TinCan.DEBUG = false;
	const lrs = new TinCan.LRS({ endpoint, username: key, password: secret, version: "1.0.2", allowFail: false });
	const call = (method, ...given) => new Promise((done, gone) => {
		const options = typeof given.at(-1) === "object" && !(given.at(-1) instanceof TinCan.Statement) && !Array.isArray(given.at(-1)) ? given.pop() : {};
		lrs[method](...given, { ...options, callback: (err, result) => (err ? gone(new Error(`${err} ${result?.responseText ?? ""}`)) : done(result)) });
	});
	const statement = (id, object) => new TinCan.Statement({ id, actor: anna, verb: completed, target: object });
	const id = randomUUID(), agent = new TinCan.Agent(anna), activity = new TinCan.Activity(course);
	await check("tincanjs: about", async () => assert.ok((await call("about")).version.includes("1.0.2")));
	await check("tincanjs: sends and finds a statement", async () => {
		await call("saveStatement", statement(id, course), {});
		assert.equal((await call("retrieveStatement", id, {})).target.id, course.id);
		await call("saveStatements", [statement(randomUUID(), course), statement(randomUUID(), course)], {});
		const found = await call("queryStatements", { params: { agent, verb: new TinCan.Verb(completed), limit: 2 } });
		assert.equal(found.statements.length, 2);
	});
	await check("tincanjs: voids", async () => {
		await call("saveStatement", new TinCan.Statement({ actor: anna, verb: { id: "http://adlnet.gov/expapi/verbs/voided" }, target: { objectType: "StatementRef", id } }), {});
		assert.equal((await call("retrieveVoidedStatement", id, {})).id, id);
	});
	await check("tincanjs: keeps a state", async () => {
		await call("saveState", "bookmark", { page: 7 }, { agent, activity, contentType: "application/json" });
		assert.deepEqual((await call("retrieveState", "bookmark", { agent, activity })).contents, { page: 7 });
		await call("dropState", "bookmark", { agent, activity });
	});
	await check("tincanjs: keeps profiles", async () => {
		await call("saveActivityProfile", "p", { a: 1 }, { activity, contentType: "application/json" }).catch(async (first) => {
			/* It says If-None-Match only when asked about a document it has seen: 1.0.3 wants it of a new one, too. */
			assert.match(first.message, /400/);
			await call("saveActivityProfile", "p", { a: 1 }, { activity, contentType: "application/json", method: "POST" });
		});
		const seen = await call("retrieveActivityProfile", "p", { activity });
		assert.deepEqual(seen.contents, { a: 1 });
		await call("saveActivityProfile", "p", { a: 2 }, { activity, contentType: "application/json", lastSHA1: seen.etag });
		assert.deepEqual((await call("retrieveActivityProfile", "p", { activity })).contents, { a: 2 });
		await assert.rejects(call("saveActivityProfile", "p", { a: 3 }, { activity, contentType: "application/json", lastSHA1: seen.etag }));
	});
}

let server;
try {
	wijzer("init");
	wijzer("user", "add", "--email", "petra@x.example", "--name", "Petra", "--role", "privacy");
	const all = credentials("suite", "all", "Trying clients");
	wijzer("xapi", "confirm", all.key, "--as", "petra@x.example");
	const player = credentials("player", "statements/write,statements/read/mine,state,profile");
	const served = await serve();
	server = served.server;
	await xapiClient(served.endpoint, all);
	await tinCanClient(served.endpoint, player);
} catch (e) {
	failed++;
	console.log(`FAILED ${e.stack}`);
} finally {
	server?.removeAllListeners("exit");
	server?.kill("SIGTERM");
	rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
