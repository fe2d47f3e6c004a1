// house.mjs - a server with a database of its own, a browser, and the way in for each of the people of the demonstration.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const ROOT = process.getuid() === 0
const NOBODY = 65534

export const WIDE = { width: 1280, height: 900 }
export const PHONE = { width: 390, height: 844 }

function run(binary, args, folder) {
	const r = spawnSync(binary, args, { cwd: folder, encoding: 'utf8', timeout: 300_000 })
	if (r.status !== 0) throw new Error(`wijzer ${args.join(' ')} ended with ${r.status}\n${r.stderr}`)
	return r.stdout.trim()
}

// Started as root, the program becomes somebody else, who must then own its folder.
function hand_over(folder) {
	if (!ROOT) return
	for (const name of ['.', ...readdirSync(folder, { recursive: true })]) chownSync(join(folder, name), NOBODY, NOBODY)
}

// Serves on a port the system chooses; `demo` makes the demonstration organisation first, otherwise the organisation is empty.
export async function open_house(binary, { demo }) {
	const folder = mkdtempSync(join(tmpdir(), 'wijzer-page-'))
	chmodSync(folder, 0o700)
	const db = `sqlite:${join(folder, 'wijzer.db')}`
	run(binary, [demo ? 'demo' : 'init', '--db', db], folder)
	const house = { folder, db, demo, log: '' }
	// A one-time link into the empty organisation, as whoever runs the machine would make one.
	house.link = (email, name, role) => {
		const path = new URL(run(binary, ['user', 'add', '--db', db, '--email', email, '--name', name, '--role', role], folder)).pathname
		hand_over(folder)
		return path
	}
	hand_over(folder)
	house.server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--db', db, ...(demo ? ['--demo'] : []), ...(ROOT ? ['--user', 'nobody'] : [])],
		{ cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
	const port = await new Promise((found, lost) => {
		house.server.stderr.setEncoding('utf8')
		house.server.stderr.on('data', text => {
			house.log = (house.log + text).slice(-20_000)
			const at = /event=serving port=(\d+)/.exec(house.log)
			if (at) found(at[1])
		})
		house.server.on('exit', code => lost(new Error(`the server ended with ${code}\n${house.log}`)))
	})
	house.url = `http://127.0.0.1:${port}`
	house.close = () => new Promise(done => {
		house.server.removeAllListeners('exit')
		house.server.on('exit', () => { rmSync(folder, { recursive: true, force: true }); done() })
		house.server.kill('SIGTERM')
	})
	return house
}

export function open_browser() {
	return chromium.launch({ executablePath: process.env.WIJZER_CHROMIUM || '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'] })
}

// A window of its own: its cookies and its cache are nobody else's.
export async function open_window(browser, house, { language = 'nl', script = true, size = WIDE } = {}) {
	const context = await browser.newContext({ baseURL: house.url, viewport: size, locale: language === 'nl' ? 'nl-NL' : 'en-GB', javaScriptEnabled: script,
		colorScheme: 'light', reducedMotion: 'reduce', acceptDownloads: true })
	context.setDefaultTimeout(10_000)
	return context
}

// The names on the buttons of the demonstration's sign-in page, in their order.
export async function demo_people(browser, house) {
	const context = await open_window(browser, house)
	const page = await context.newPage()
	await page.goto('/sign-in')
	const names = await page.locator('form[action="/sign-in/demo"] button').allInnerTexts()
	await context.close()
	return names.map(name => name.trim())
}

export async function enter(context, name) {
	const page = await context.newPage()
	await page.goto('/sign-in')
	await page.locator('form[action="/sign-in/demo"] button', { hasText: name }).click()
	await page.waitForURL(url => url.pathname === '/')
	return page
}
