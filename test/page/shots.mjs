// shots.mjs - pictures of the main pages for docs/shots, wide and as on a phone, one in the dark; in Dutch, and of practice in English too.
import { mkdirSync, writeFileSync } from 'node:fs'
import { PHONE, WIDE, demo_people, enter, open_browser, open_house, open_window } from './house.mjs'
import { with_palette } from './palette.mjs'

const LARGEST = 150 * 1024
const TALL = 1100

// Who, the name of the picture, and how to come there: an address, or what to follow from one.
const pictures = [
	[null, 'sign-in', '/sign-in'],
	['Youssef', 'today', '/'],
	['Youssef', 'my-skills', '/my-skills'],
	['Youssef', 'my-skill', '/my-skills', 'main a.skill:has-text("Energiezuinig")'],
	['Youssef', 'trust', '/trust'],
	['Marieke', 'my-team', '/my-team'],
	['Marieke', 'rate-a-team', '/my-team', 'main a[href^="/my-team/rate/"]'],
	['Marieke', 'question', '/my-team/question'],
	['Marieke', 'person', '/my-team', 'table.heat tbody th a'],
	['Lilian', 'strategy', '/strategy'],
	['Lilian', 'ambition', '/strategy', 'main article a:has-text("Warme huizen")'],
	['Lilian', 'gap', '/gap'],
	['Lilian', 'gap-skill', '/gap', 'table.heat tbody td a'],
	['Noor', 'skills', '/skills'],
	['Noor', 'skill', '/skills/19'],
	['Noor', 'people', '/people'],
	['Noor', 'import', '/import'],
	['Noor', 'reference', '/reference'],
	['Lilian', 'ahead', '/strategy', 'main article a:has-text("Warme huizen")', 'main a[href$="/ahead"]'],
	['Youssef', 'log', '/journal'],
	['Youssef', 'log-year', '/journal', 'main a[href^="/journal/year"]'],
	['Youssef', 'learning', '/learning'],
	['Noor', 'lens', '/lens'],
	['Youssef', 'about-me', '/about-me'],
	['Renske', 'keeping', '/trust/keeping'],
	['Noor', 'record', '/record'],
	['Tomasz', 'tools', '/tools'],
	['Youssef', 'practice', '/practice'],
	['Youssef', 'session', '/practice', 'main a[href="/practice/now"]'],
	['Noor', 'deck', '/decks', 'main a.item'],
	['Noor', 'card', '/decks', 'main a.item', 'main a[href^="/cards/"]'],
	['Noor', 'retention', '/decks', 'main a.item', 'main a[href$="/retention"]'],
	['Noor', 'calibration', '/practice/model'],
	['Noor', 'surveys', '/surveys'],
	['Noor', 'survey-results', '/surveys/2/results'],
	['Youssef', 'survey-answer', '/', 'main a[href^="/asked/"]'],
	['Noor', 'needs', '/needs'],
]

const in_english = new Set(['session', 'deck', 'card', 'retention', 'calibration'])

const folder = new URL('../../docs/shots/', import.meta.url).pathname
mkdirSync(folder, { recursive: true })
const browser = await open_browser()
const house = await open_house(process.argv[2], { demo: true })
let total = 0

async function shoot(page, name, size) {
	await page.setViewportSize(size)
	// A wide page as tall as it is, within reason; a phone as one holds it.
	const tall = await page.evaluate(() => document.documentElement.scrollHeight)
	if (size === WIDE) await page.setViewportSize({ width: size.width, height: Math.min(Math.max(tall, 600), TALL) })
	await page.evaluate(() => document.fonts.ready)
	const png = with_palette(await page.screenshot())
	if (png.length > LARGEST) throw new Error(`${name} is ${png.length} bytes`)
	writeFileSync(`${folder}${name}.png`, png)
	total += png.length
	console.log(`${name}.png ${png.length}`)
}

try {
	const names = await demo_people(browser, house), pages = new Map()
	const all = pictures.map(picture => ['nl', ...picture]).concat(pictures.filter(([, name]) => in_english.has(name)).map(([who, name, ...way]) => ['en', who, `${name}-en`, ...way]))
	for (const [language, who, name, address, ...follow] of all) {
		const window = `${who} ${language}`
		if (!pages.has(window)) {
			const context = await open_window(browser, house, { language })
			pages.set(window, who ? await enter(context, names.find(n => n.startsWith(who))) : await context.newPage())
		}
		const page = pages.get(window)
		await page.setViewportSize(WIDE)
		await page.goto(address)
		for (const link of follow) await Promise.all([page.waitForNavigation(), page.locator(link).first().click()])
		await page.mouse.move(0, 0)
		await shoot(page, `${name}-1280`, WIDE)
		await shoot(page, `${name}-390`, PHONE)
		if (name === 'ambition') {
			await page.emulateMedia({ colorScheme: 'dark' })
			await shoot(page, `${name}-dark`, WIDE)
			await page.emulateMedia({ colorScheme: 'light' })
		}
	}
	console.log(`${total} bytes`)
} finally {
	await browser.close()
	await house.close()
}
