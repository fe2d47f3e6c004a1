// report.mjs - one line a check, and the count at the end.

const counts = { passed: 0, failed: 0, skipped: 0 }

class Skipped extends Error {}

export function skip(reason) { throw new Skipped(reason) }

export function must(condition, why) { if (!condition) throw new Error(why) }

export function same(found, wanted, what) { must(found === wanted, `${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`) }

// Runs one check. It fails when its body throws, or returns a list of faults that is not empty.
export async function check(name, body) {
	try {
		const faults = (await body()) || []
		if (faults.length) throw new Error(faults.join('\n'))
		counts.passed++
		console.log(`ok: ${name}`)
	} catch (e) {
		if (e instanceof Skipped) {
			counts.skipped++
			console.log(`skipped: ${name}: ${e.message}`)
		} else {
			counts.failed++
			console.log(`FAILED: ${name}\n    ${String(e.message).trim().split('\n').slice(0, 14).join('\n    ')}`)
		}
	}
}

export function finish() {
	console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
	process.exitCode = counts.failed ? 1 : 0
}
