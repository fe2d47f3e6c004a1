// keys.mjs - by keyboard alone: Tab comes past everything that can be used, in the order of the page, and one sees where one is.
import { check, must } from './report.mjs'
import { demo_people, enter, open_house, open_window } from './house.mjs'

// What a person can use and see. Of radios with one name Tab comes past one; arrows reach the others.
const usable = () => {
	const names = new Set()
	return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => {
		if (!e.checkVisibility({ visibilityProperty: true }) || e.disabled) return false
		if (e.type !== 'radio') return true
		const group = (e.form ? e.form.action : '') + e.name
		if (names.has(group)) return false
		names.add(group)
		return true
	}).length
}

async function tab_through(page) {
	const wanted = await page.evaluate(usable)
	await page.evaluate(() => { window.came_past = new Set(); document.activeElement?.blur() })
	const faults = []
	let count = 0, last = null
	for (let i = 0; i < wanted + 20; i++) {
		await page.keyboard.press('Tab')
		const at = await page.evaluate(() => {
			const e = document.activeElement
			if (!e || e === document.body) return null
			const again = window.came_past.has(e)
			window.came_past.add(e)
			// A radio is drawn by what stands beside it.
			const seen = [e, e.nextElementSibling, e.closest('label'), e.firstElementChild].filter(Boolean).map(x => getComputedStyle(x))
				.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none')
			const box = (e.closest('label') || e).getBoundingClientRect()
			return { again, seen, inside: box.bottom > 0 && box.top < innerHeight, what: e.outerHTML.slice(0, 120) }
		})
		if (!at || at.again) break
		count++
		last = at.what
		if (!at.seen) faults.push(`one does not see that one is at ${at.what}`)
		if (!at.inside) faults.push(`one is outside the screen at ${at.what}`)
	}
	if (count < wanted) faults.push(`Tab comes past ${count} of ${wanted}, the last ${last}`)
	return faults
}

export async function keys(browser, binary) {
	const house = await open_house(binary, { demo: true })
	try {
		const names = await demo_people(browser, house)
		const nobody = await (await open_window(browser, house)).newPage()
		const lead = await enter(await open_window(browser, house), names.find(n => n.startsWith('Marieke')))
		const visit = (page, path, what) => check(`by keyboard: ${what}`, async () => { await page.goto(path); return tab_through(page) })
		await visit(nobody, '/sign-in', 'signing in')
		await visit(lead, '/', 'Today')
		await lead.goto('/my-team')
		const rate = await lead.locator('main a[href^="/my-team/rate/"]').first().getAttribute('href')
		await visit(lead, rate, 'rating a team')
		const practising = await enter(await open_window(browser, house), names.find(n => n.startsWith('Youssef')))
		await visit(practising, '/practice/now', 'a card to recall')
		await check('by keyboard: a card is answered and judged', async () => {
			for (let i = 0; i < 6; i++) {
				await practising.goto('/practice/now')
				if (await practising.locator('textarea[name=typed]').count()) break
				await practising.locator('main form[action="/practice/answer"] button[type=submit]').focus()
				await Promise.all([practising.waitForNavigation(), practising.keyboard.press('Enter')])
			}
			await practising.locator('textarea[name=typed]').focus()
			await practising.keyboard.type('Wat ik nog weet')
			await practising.keyboard.press('Tab')
			await Promise.all([practising.waitForNavigation(), practising.keyboard.press('Enter')])
			must(await practising.locator('main form[action="/practice/rate"]').count(), `nobody asks how it went on ${practising.url()}`)
			await practising.locator('main button[name=rating][value="3"]').focus()
			await Promise.all([practising.waitForNavigation(), practising.keyboard.press('Enter')])
			must(practising.url().includes('/practice/now'), `one comes at ${practising.url()}`)
		})
		await check('by keyboard: the first Tab offers to skip to the content', async () => {
			await lead.goto('/')
			await lead.keyboard.press('Tab')
			await lead.keyboard.press('Enter')
			must(lead.url().endsWith('#main'), `one comes at ${lead.url()}`)
		})
		await check('by keyboard: a digit rates and goes on to the next person', async () => {
			await lead.goto(rate)
			const first = lead.locator('fieldset.rate').first().locator('input[type=radio]').first()
			await first.focus()
			await lead.keyboard.press('4')
			must(await lead.locator('fieldset.rate').first().locator('input[value="4"]').isChecked(), 'the digit does nothing')
		})
	} finally { await house.close() }
}
