// rounds.mjs - a whole survey on a phone without JavaScript, in both languages: made, looked at as people get it, answered, closed, promised, told back.
import { check, must, same } from './report.mjs'
import { PHONE, demo_people, enter, open_house, open_window } from './house.mjs'

async function press(page, button) {
	const [answer] = await Promise.all([page.waitForNavigation(), button.click()])
	return answer
}

const title = page => page.locator('h1').innerText()
const narrow = async page => same(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `wider than the phone: ${page.url()}`)

async function on_phone(browser, house, names, name, language) {
	const context = await open_window(browser, house, { script: false, language, size: PHONE })
	return enter(context, names.find(n => n.startsWith(name)))
}

// Answers what is on the screen: the fourth of what there is to choose, or some words.
async function answer(page) {
	const words = page.locator('main textarea[name="value"]')
	if (await words.count()) await words.fill('Een vast uur.')
	else await page.locator('main .choice input').nth(3).check({ force: true })
	await press(page, page.locator('main form button[type="submit"]').first())
}

async function made(page) {
	await page.goto('/surveys/new')
	await narrow(page)
	await page.locator('[name="name"]').fill('Klein begin')
	await page.locator('[name="promise"]').fill('De uitkomsten volgende week.')
	await page.locator('[name="instruments"][value="time"]').check({ force: true })
	await page.locator('[name="opens"]').fill('2099-03-01')
	await page.locator('[name="closes"]').fill('2099-03-10')
	await press(page, page.locator('form[action="/surveys"] button[type="submit"]').first())
	must(/\/surveys\/\d+$/.test(page.url()), `no round was made: ${page.url()}`)
	await narrow(page)
	const round = page.url()
	await page.locator('main details:has(form[action$="/questions"]) summary').first().click()
	const own = page.locator('form[action$="/questions"]')
	await own.locator('[name="kind"]').selectOption('text')
	await own.locator('[name="text_nl"]').fill('Wat helpt?')
	await own.locator('[name="text_en"]').fill('What helps?')
	await press(page, own.locator('button[type="submit"]'))
	must((await page.locator('main').innerText()).includes('Wat helpt?'), 'the question of one\'s own is not there')
	await press(page, page.locator('main a[href$="/preview"]').first())
	await press(page, page.locator('main a.button.main').first())
	await narrow(page)
	while (!(await page.url()).endsWith(new URL(round).pathname)) await press(page, page.locator('main a.button.main').first())
	await press(page, page.locator('form[action$="/open"] button'))
	same(await page.locator('form[action$="/open"]').count(), 0, 'a planned round can be opened again')
}

async function answered(page, language) {
	await page.goto('/')
	await press(page, page.locator('main a[href^="/asked/"]').first())
	const first = await page.locator('main').innerText()
	must(first.includes(language === 'nl' ? 'We zien óf je hebt meegedaan, niet wát je hebt geantwoord.' : 'We see whether you took part, not what you answered.'), 'the first screen does not say it')
	await narrow(page)
	await press(page, page.locator('form[action^="/asked/"] button'))
	await answer(page)
	// Left, and found again at the second question, with the first as it was.
	await page.goto('/')
	await press(page, page.locator('main a[href^="/asked/"]').first())
	await press(page, page.locator('form[action^="/asked/"] button'))
	must(/\/2$/.test(page.url()), `it does not go on where it was left: ${page.url()}`)
	await press(page, page.locator('main a.button.quiet').first())
	same(await page.locator('main .choice input').nth(3).isChecked(), true, 'the first answer is gone')
	for (let i = 0; i < 25 && !page.url().endsWith('/ready'); i++) {
		await narrow(page)
		await answer(page)
	}
	await press(page, page.locator('form[action$="/give"] button'))
	must(page.url().endsWith('/thanks'), 'the answers were not taken')
	await page.goto('/')
	same(await page.locator('main a[href^="/asked/"]').count(), 0, 'Today still asks')
}

async function closed(page) {
	await page.goto('/surveys')
	await press(page, page.locator('main section').first().locator('a.item').first())
	must(/\d/.test(await title(page)), 'no count in the title')
	await press(page, page.locator('form[action$="/close"] button'))
	must(page.url().endsWith('/results'), `no results: ${page.url()}`)
	await narrow(page)
	const round = page.url()
	await page.locator('main details:has(form[action$="/actions"]) summary').first().click()
	const promise = page.locator('form[action$="/actions"]')
	await promise.locator('[name="what"]').fill('Elke maand een uur vragen stellen.')
	await promise.locator('[name="owner"]').selectOption({ index: 3 })
	await promise.locator('[name="due"]').fill('2099-01-01')
	await press(page, promise.locator('button[type="submit"]'))
	await page.locator('main details:has(form[action$="/tell"]) summary').first().click()
	const tell = page.locator('form[action$="/tell"]').first()
	await tell.locator('[name="told"]').fill('Gedaan, op elke eerste maandag.')
	await press(page, tell.locator('button[type="submit"]'))
	must((await page.locator('main').innerText()).includes('Gedaan, op elke eerste maandag.'), 'it was not told')
	return round
}

// Answers from another tool, on the same phone: names and addresses are in the file and nowhere else.
async function taken_in(page) {
	await page.goto('/surveys/import')
	await narrow(page)
	const rows = [...Array(12).keys()].map(i => `2026-01-0${1 + i % 9} 10:11;203.0.113.${i};iemand${i}@x.example;A${1 + i % 5};mee eens`)
	await page.locator('[name="file"]').setInputFiles({ name: 'antwoorden.csv', mimeType: 'text/csv', buffer: Buffer.from(['submitdate;ipaddr;email;TIJD1;STEUN1', ...rows].join('\n')) })
	await page.locator('[name="name"]').fill('Elders gevraagd')
	await page.locator('[name="day"]').fill('2026-01-10')
	await press(page, page.locator('form[action="/surveys/import"] button[type="submit"]'))
	must(page.url().endsWith('/results'), `not taken in: ${page.url()}`)
	await narrow(page)
	const all = await page.content()
	must(!all.includes('x.example') && !all.includes('203.0.113'), 'an address came through the door')
	await press(page, page.locator('form[action$="/import-drop"] button'))
	must(page.url().endsWith('/surveys'), 'it cannot be taken back')
}

export async function rounds(browser, binary) {
	const house = await open_house(binary, { demo: true })
	try {
		const names = await demo_people(browser, house)
		const noor = await on_phone(browser, house, names, 'Noor', 'nl')
		await check('on a phone without script: a survey is made, looked at and planned', () => made(noor))
		const youssef = await on_phone(browser, house, names, 'Youssef', 'nl'), marieke = await on_phone(browser, house, names, 'Marieke', 'en')
		await check('on a phone without script: answered in Dutch, left and found again', () => answered(youssef, 'nl'))
		await check('on a phone without script: answered in English', () => answered(marieke, 'en'))
		let round
		await check('on a phone without script: closed, promised, told', async () => { round = await closed(noor) })
		await check('everybody asked reads the same', async () => {
			await youssef.goto(new URL(round).pathname)
			same(await title(youssef), await title(noor), 'the finding')
			must((await youssef.locator('main').innerText()).includes('Gedaan, op elke eerste maandag.'), 'what was told does not reach those asked')
		})
		await check('on a phone without script: answers from another tool taken in, and taken back', () => taken_in(noor))
	} finally { await house.close() }
}
