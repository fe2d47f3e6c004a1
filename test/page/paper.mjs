// paper.mjs - an ambition on paper is one sheet of A4.
import { check, same } from './report.mjs'
import { demo_people, enter, open_house, open_window } from './house.mjs'

export async function paper(browser, binary) {
	const house = await open_house(binary, { demo: true })
	try {
		const names = await demo_people(browser, house)
		const page = await enter(await open_window(browser, house), names.find(n => n.startsWith('Lilian')))
		await page.goto('/strategy')
		const all = await page.locator('main a[href^="/strategy/"]').evaluateAll(links => links.map(a => a.getAttribute('href')).filter(h => /^\/strategy\/\d+$/.test(h)))
		await check('three ambitions can be printed', () => same(new Set(all).size, 3, 'ambitions'))
		for (const href of new Set(all)) {
			await check(`${href} prints on one A4`, async () => {
				await page.goto(href)
				const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
				same((pdf.match(/\/Type\s*\/Page\b(?!s)/g) || []).length, 1, 'sheets')
			})
		}
	} finally { await house.close() }
}
