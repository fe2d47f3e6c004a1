// crawl.mjs - every page that links lead to, as each of the people of the demonstration and as nobody, in both languages.
import { createHash } from 'node:crypto'
import { check, must } from './report.mjs'
import { PHONE, WIDE, demo_people, enter, open_house, open_window } from './house.mjs'
import { axe_faults, html_faults } from './rules.mjs'

const FIRST = { bytes: 100 * 1024, requests: 6 }
const LATER = { bytes: 30 * 1024, requests: 1 }
const OF_A_SHAPE = { nl: 2, en: 1 }        // pages that differ only in their numbers: so many are looked at
const PAGES = 200            // for one person in one language; more would mean that links never end

const shape_of = url => url.pathname.replace(/\/\d+/g, '/N') + '?' + [...url.searchParams.keys()].sort().join('&')

// What came over the line since the last question: bytes as sent, and requests that the cache did not answer.
async function meter(page) {
	const line = await page.context().newCDPSession(page)
	let bytes = 0, requests = 0
	const cached = new Set()
	await line.send('Network.enable')
	line.on('Network.requestServedFromCache', e => cached.add(e.requestId))
	line.on('Network.responseReceived', e => { if (e.response.fromDiskCache) cached.add(e.requestId) })
	line.on('Network.loadingFinished', e => { if (!cached.has(e.requestId)) { bytes += e.encodedDataLength; requests++ } })
	return () => {
		const read = { bytes, requests }
		bytes = requests = 0
		return read
	}
}

function weight_faults(read, limit) {
	const faults = []
	if (read.bytes > limit.bytes) faults.push(`weighs ${read.bytes} bytes, at most ${limit.bytes}`)
	if (read.requests > limit.requests) faults.push(`takes ${read.requests} requests, at most ${limit.requests}`)
	return faults
}

async function width_faults(page, width) {
	await page.setViewportSize({ width, height: 900 })
	const wide = await page.evaluate(() => document.documentElement.scrollWidth)
	return wide > width ? [`is ${wide} pixels wide on a screen of ${width}`] : []
}

async function words_faults(page, language) {
	const faults = []
	const { title, h1, lang, keys } = await page.evaluate(() => ({ title: document.title, lang: document.documentElement.lang,
		h1: [...document.querySelectorAll('h1')].map(h => h.textContent.trim()),
		keys: document.body.innerText.match(/\b(null|undefined|NaN|-nan|nan%|\{[a-z_.]+\})(?=\s|$)/g) || [] }))
	if (h1.length !== 1) faults.push(`has ${h1.length} titles`)
	else if (!title.startsWith(h1[0])) faults.push(`is called "${title}" above and "${h1[0]}" in itself`)
	if (lang !== language) faults.push(`says it is in ${lang}`)
	if (keys.length) faults.push(`shows ${keys[0]}`)
	return faults
}

// One page: answered, well formed, readable, not wider than the screen. `known` spares looking twice at what two people see alike.
async function look(page, url, { language, known, links, reading, limit }) {
	const faults = []
	const heard = []
	const hear = m => { if (m.type() === 'error') heard.push(`console: ${m.text()}`) }
	const fail = e => heard.push(`script: ${e.message}`)
	page.on('console', hear)
	page.on('pageerror', fail)
	reading()
	await page.setViewportSize(WIDE)
	const answer = await page.goto(url.href, { waitUntil: limit === FIRST ? 'networkidle' : 'load' })
	if (answer.status() !== 200) faults.push(`is answered with ${answer.status()}`)
	faults.push(...weight_faults(reading(), limit))
	if (!(answer.headers()['content-type'] || '').startsWith('text/html')) return [`is no page but ${answer.headers()['content-type']}`]
	faults.push(...html_faults(await answer.text()), ...(await words_faults(page, language)))
	for (const href of await page.locator('a[href]:not([download])').evaluateAll(all => all.map(a => a.href))) links(new URL(href))

	const main = await page.evaluate(() => document.querySelector('main').innerHTML.replace(/value="[^"]{20,}"/g, ''))
	const key = language + createHash('sha256').update(main).digest('hex')
	if (!known.has(key)) {
		known.add(key)
		faults.push(...(await width_faults(page, WIDE.width)), ...(await axe_faults(page, 'at 1280')))
		// What another person sees on the same page is looked at in the dark and on a phone too when there is time.
		const shape = language + shape_of(url), wholly = process.env.WIJZER_LONG || !known.has(shape)
		known.add(shape)
		if (wholly) {
			await page.emulateMedia({ colorScheme: 'dark' })
			faults.push(...(await axe_faults(page, 'in the dark', true)))
			await page.emulateMedia({ colorScheme: 'light' })
		}
		faults.push(...(await width_faults(page, 320)), ...(await width_faults(page, PHONE.width)))
		if (wholly) faults.push(...(await axe_faults(page, 'at 390')))
	}
	page.off('console', hear)
	page.off('pageerror', fail)
	return faults.concat(heard)
}

// A person's own language wins from the browser's: it is set where they would set it.
async function speak(page, language) {
	if ((await page.evaluate(() => document.documentElement.lang)) === language) return
	await page.goto('/account')
	const form = page.locator('form[action="/account/language"]')
	if (await form.locator('select').count()) await form.locator('select').selectOption(language)
	else await form.locator(`input[value="${language}"]`).check()
	await form.locator('button').first().click()
}

async function visit(browser, house, who, language, known) {
	const context = await open_window(browser, house, { language })
	let page
	if (who) {
		page = await enter(context, who)
		await speak(page, language)
	} else page = await context.newPage()
	const state = await context.storageState()
	await context.close()

	// A window with the person's cookie and an empty cache, as on a first visit.
	const window = await browser.newContext({ baseURL: house.url, viewport: WIDE, locale: language === 'nl' ? 'nl-NL' : 'en-GB', storageState: state, reducedMotion: 'reduce' })
	page = await window.newPage()
	const reading = await meter(page)
	const seen = new Set(), shapes = new Map(), waiting = []
	const links = url => {
		url.hash = ''
		if (url.origin !== house.url || seen.has(url.href)) return
		if (/\.(csv|json|svg|css|js)$/.test(url.pathname) || /format=(csv|json)/.test(url.search) || /^\/(health|metrics|openapi|style)/.test(url.pathname)) return
		const shape = shape_of(url), n = shapes.get(shape) || 0
		if (n >= OF_A_SHAPE[language]) return
		shapes.set(shape, n + 1)
		seen.add(url.href)
		waiting.push(url)
	}
	links(new URL(who ? '/' : '/sign-in', house.url))
	let n = 0
	for (let url; (url = waiting.shift()) && n < PAGES; n++) {
		const limit = n ? LATER : FIRST
		await check(`${who || 'nobody'}, ${language}: ${url.pathname}${url.search}`, () => look(page, url, { language, known, links, reading, limit }))
	}
	await check(`${who || 'nobody'}, ${language}: links end after ${n} pages`, () => must(!waiting.length, `${waiting.length} more wait, the first ${waiting[0]}`))
	await window.close()
}

export async function crawl(browser, binary) {
	const house = await open_house(binary, { demo: true })
	const people = await demo_people(browser, house)
	await check('seven people can be visited', () => must(people.length === 7, `the sign-in page offers ${people.length}: ${people.join(', ')}`))
	// Two at a time, as the machine has at least two processors; a person's language is one at a time.
	const known = new Set(), waiting = [null, ...people]
	const lane = async () => {
		while (waiting.length) {
			const who = waiting.shift()
			for (const language of ['nl', 'en']) await visit(browser, house, who, language, known)
		}
	}
	try { await Promise.all([lane(), lane()]) } finally { await house.close() }
}
