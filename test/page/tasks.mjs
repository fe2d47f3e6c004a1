// tasks.mjs - what people come to do, done with JavaScript switched off. Found by address and field, not by words, so that words may be mended.
import { check, must, same } from './report.mjs'
import { PHONE, demo_people, enter, open_house, open_window } from './house.mjs'

const form = (page, action) => page.locator(`main form[action${action.startsWith('*') ? '$' : ''}="${action.replace('*', '')}"]`).first()

async function press(page, button) {
	const [answer] = await Promise.all([page.waitForNavigation(), button.click()])
	return answer
}

// Fills in what is named and sends the form with its first button; a name of a radio or checkbox takes the value to choose.
async function send(page, action, fields = {}) {
	const f = form(page, action)
	must(await f.count(), `no form ${action} on ${page.url()}`)
	const closed = page.locator('main details:not([open])', { has: page.locator(`form[action$="${action.replace('*', '')}"]`) }).first()
	if (await closed.count()) await closed.locator('summary').first().click()
	for (const [name, value] of Object.entries(fields)) {
		const field = f.locator(`[name="${name}"]`)
		must(await field.count(), `no field ${name} in ${action}`)
		const type = await field.first().getAttribute('type')
		if (type === 'radio' || type === 'checkbox') await f.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
		else if (type === 'file') await field.setInputFiles(value)
		else if ((await field.first().evaluate(e => e.tagName)) === 'SELECT') await field.selectOption(value)
		else await field.fill(value)
	}
	return press(page, f.locator('button[type="submit"]').first())
}

async function said(page) {
	const note = page.locator('main [role="status"]')
	must(await note.count(), `nothing is said on ${page.url()}: ${(await page.locator('main').innerText()).slice(0, 200)}`)
	return note.first().innerText()
}

const text_of = page => page.locator('main').innerText()
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

async function in_demonstration(browser, house) {
	const names = await demo_people(browser, house)
	const windows = new Map()
	const as = async name => {
		const full = names.find(n => n.startsWith(name))
		if (!windows.has(full)) {
			const context = await open_window(browser, house, { script: false })
			windows.set(full, await enter(context, full))
		}
		return windows.get(full)
	}
	const task = (name, body) => check(`without script: ${name}`, body)
	let skill, own

	await task('choose a language', async () => {
		const page = await as('Youssef')
		for (const language of ['en', 'nl']) {
			await page.goto('/account')
			await send(page, '/account/language', { language })
			same(await page.locator('html').getAttribute('lang'), language, 'the language of the page')
		}
	})
	await task('rate oneself', async () => {
		const page = await as('Youssef')
		await page.goto('/my-skills')
		own = await page.locator('main a.skill', { has: page.locator('.tag.none') }).first().getAttribute('href')
		skill = own.split('/').pop()
		await page.goto(`/ratings/give?skill=${skill}`)
		await send(page, '/ratings', { level: '3', note: 'Vorige week twee keer gedaan.' })
		await page.goto(own)
		must((await text_of(page)).includes('Vorige week twee keer gedaan.') || (await form(page, '*/share').count()), 'the own rating is not on the page of the skill')
	})
	await task('practise on a phone, and stop at a card', async () => {
		const page = await enter(await open_window(browser, house, { script: false, size: PHONE }), names.find(n => n.startsWith('Youssef')))
		await page.goto('/practice')
		const waiting = async () => parseInt(await page.locator('main .figure').innerText())
		const before = await waiting()
		must(before > 3, `only ${before} cards wait`)
		await press(page, page.locator('main a[href="/practice/now"]').first())
		for (let i = 0; i < 3; i++) {
			const card = form(page, '/practice/answer')
			must(await card.count(), `no card on ${page.url()}`)
			const wide = await page.evaluate(() => document.documentElement.scrollWidth)
			must(wide <= PHONE.width, `a card is ${wide} wide`)
			if (await card.locator('textarea').count()) await card.locator('textarea').fill('Wat ik nog weet')
			for (const blank of await card.locator('input[type=text]').all()) await blank.fill('iets')
			if (await card.locator('input[name=chosen]').count()) await card.locator('input[name=chosen]').first().check({ force: true })
			await press(page, card.locator('button[type=submit]').first())
			if (await form(page, '/practice/rate').count()) {
				const good = page.locator('main button[name=rating][value="4"]'), box = await good.boundingBox()
				must(box.height >= 44 && box.width >= 44, 'a thumb does not fit on how it went')
				await press(page, good)
			} else await press(page, page.locator('main .foot-bar a.main'))
		}
		await press(page, page.locator('main a.push[href="/practice"]'))
		must(await waiting() < before, 'what was answered is not kept')
	})
	await task('make a card of one’s own', async () => {
		const page = await as('Youssef')
		await page.goto('/journal')
		await press(page, page.locator('main a[href^="/practice/own?entry="]').first())
		must((await page.locator('textarea[name=answer]').inputValue()).length > 0, 'what was learnt is not there to shorten')
		await send(page, '/practice/own', { question: 'Wat leerde ik van Gerrit?', answer: 'Eerst vragen, dan boren.' })
		must((await text_of(page)).includes('Eerst vragen, dan boren.'), 'the card is not there')
	})
	await task('look at a card, then put it in a deck', async () => {
		const page = await as('Noor')
		await page.goto('/decks')
		await press(page, page.locator('main a.item').first())
		await press(page, page.locator('main a[href$="/cards/new"]'))
		await page.locator('textarea[name=text_nl]').fill('? Wat eerst?\n+ Luisteren\n- Praten')
		await press(page, page.locator('button[formaction="/cards/preview"]'))
		must((await text_of(page)).includes('Luisteren'), 'one does not see how it looks')
		await page.locator('textarea[name=text_en]').fill('? What first?\n+ Listen\n- Talk')
		await press(page, page.locator('main form button[type=submit]').first())
		must((await text_of(page)).includes('Wat eerst?'), 'the card is not in the deck')
	})
	await task('share it, and withdraw that', async () => {
		const page = await as('Youssef')
		await page.goto(own)
		await send(page, `/my-skills/${skill}/share`)
		await page.goto(own)
		await send(page, `/my-skills/${skill}/unshare`)
		await page.goto(own)
		must(await form(page, `/my-skills/${skill}/share`).count(), 'it cannot be shared again')
	})
	await task('ask a colleague, who answers', async () => {
		const page = await as('Youssef'), lead = await as('Marieke')
		await page.goto(own)
		const select = form(page, '*/ask').locator('select')
		const option = select.locator('option', { hasText: 'Marieke van der Veen' })
		must(await option.count(), 'the lead cannot be asked')
		await send(page, `/my-skills/${skill}/ask`, { [await select.getAttribute('name')]: { label: 'Marieke van der Veen' } })
		await lead.goto('/ratings/given')
		const answer = lead.locator('main a[href*="/ratings/give"]').first()
		must(await answer.count(), 'nobody asks her')
		await press(lead, answer)
		await send(lead, '/ratings', { level: '4', note: 'Zag ik je doen in de Merelstraat.' })
		await page.goto(own)
		must((await text_of(page)).includes('Zag ik je doen in de Merelstraat.'), 'the answer is not with the skill')
	})
	await task('put one\'s own view beside a rating, and ask for review', async () => {
		const page = await as('Youssef')
		await page.goto(own)
		await send(page, '*/view', { text: 'Samen met Kevin gedaan.' })
		await page.goto(own)
		must((await page.locator('main').innerHTML()).includes('Samen met Kevin gedaan.'), 'the own view is not there')
		const before = await page.locator('main form[action$="/review"]').count()
		await send(page, '*/review')
		await page.goto(own)
		same(await page.locator('main form[action$="/review"]').count(), before - 1, 'ratings to be asked about')
	})
	await task('answer a review', async () => {
		const page = await as('Marieke')
		await page.goto('/ratings/given')
		const open = await page.locator('main form[action^="/reviews/"]').count()
		must(open > 0, 'no review waits')
		const action = await page.locator('main form[action^="/reviews/"]').first().getAttribute('action')
		await send(page, action, { outcome: 'kept', answer: 'Ik heb nog eens gekeken; het blijft zo.' })
		await page.goto('/ratings/given')
		same(await page.locator('main form[action^="/reviews/"]').count(), open - 1, 'reviews that wait')
	})
	await task('rate a team on one skill', async () => {
		const page = await as('Marieke')
		await page.goto('/my-team')
		await press(page, page.locator('main a[href^="/my-team/rate/"]').first())
		const address = new URL(page.url()).pathname
		const rows = page.locator('main fieldset.rate')
		must((await rows.count()) >= 10, 'fewer than ten people')
		for (const [n, level] of [[0, '4'], [1, '3'], [2, '']]) await rows.nth(n).locator(`input[type=radio][value="${level}"]`).check({ force: true })
		const before = await rows.nth(2).locator('.who').innerText()
		await send(page, address)
		await said(page)
		await page.goto(address)
		const level = await page.locator('.rates-head .answers span').nth(3).innerText()
		must((await rows.nth(0).locator('.who').innerText()).includes(level.replace(/\u00ad/g, '')), `the first person is not at ${level}`)
		same(await rows.nth(2).locator('.who').innerText(), before, 'who was not seen')
	})
	await task('are we getting there: two clicks', async () => {
		const page = await as('Lilian')
		await page.goto('/')
		await press(page, page.locator('main a[href="/strategy"]').first())
		must(await page.locator('main article .tag.more, main article .tag.good').count(), 'the board does not see which ambition is on course')
		await press(page, page.locator('main article a[href^="/strategy/"]').first())
		must(await page.locator('table.line').count(), 'the line is not there')
	})
	await task('from the gap down to a skill, and the same figures as CSV', async () => {
		const page = await as('Lilian')
		await page.goto('/gap')
		const csv = await page.locator('main a[href*="csv"]').first().getAttribute('href')
		const answer = await page.request.get(csv)
		const lines = (await answer.text()).trim().split('\n')
		same(lines[0], 'unit,skill,people,known,required,expected_at_target,low80,high80,weighted_gap,shown', 'the first line')
		same(lines.length - 1, await page.locator('table.heat tbody td:is([class])').count(), 'rows of the CSV beside cells of the page')
		await press(page, page.locator('table.heat tbody th a').nth(1))
		must(new URL(page.url()).searchParams.get('unit'), 'a unit does not open')
		await page.goto('/gap')
		await press(page, page.locator('table.heat tbody td a').first())
		must(page.url().includes('skill='), 'a cell does not open its skill')
	})
	await task('what if these leave, by name, kept out of the address', async () => {
		const page = await as('Marieke')
		await page.goto('/my-team')
		const person = await page.locator('table.heat tbody th a').first().getAttribute('href')
		await page.goto(person.replace(/\/skills.*/, ''))
		const number = await page.locator('dl.facts dd').first().innerText()
		await page.goto('/gap/what-if?unit=')
		await send(page, '/gap/what-if', { people: number.trim() })
		must(await page.locator('main table.line tbody tr').count(), `no figures: ${(await text_of(page)).slice(0, 200)}`)
		must(!page.url().includes(number.trim()), 'a person in the address')
	})
	await task('what if so many leave, for who may not see persons', async () => {
		const page = await as('Lilian')
		await page.goto('/gap/what-if')
		await send(page, '/gap/what-if', { number: '10' })
		must(await page.locator('main table.line tbody tr').count(), `no figures: ${(await text_of(page)).slice(0, 200)}`)
	})
	await task('propose a change and decide on it', async () => {
		const page = await as('Noor'), council = await as('Wim')
		await page.goto('/trust')
		const waiting = await page.locator('table.diff').count()
		const details = page.locator('details', { has: page.locator('input[name=setting][value=gate_least]') })
		await details.locator('summary').click()
		await details.locator('[name=after]').fill('8')
		await details.locator('[name=why]').fill('Kleine teams willen meer afstand.')
		await press(page, details.locator('button'))
		await page.goto('/trust')
		same(await page.locator('table.diff').count(), waiting + 1, 'changes that wait')
		await council.goto('/trust')
		const decide = council.locator('form[action$="/decide"]').last()
		await decide.locator('[name=decision][value=agreed]').check({ force: true })
		await decide.locator('[name=document]').fill('Besluit OR, 12 november')
		await press(council, decide.locator('button').first())
		await council.goto('/trust')
		same(await council.locator('table.diff').count(), waiting, 'changes that wait')
	})
	await task('write one line in the log, find it, fill it in, share it, and withdraw that', async () => {
		const page = await as('Youssef'), colleague = await as('Marieke')
		await page.goto('/journal')
		await send(page, '/journal/quick', { line: 'De ketel van nummer 12 ontlucht zonder handleiding.' })
		await page.goto('/journal')
		await send(page, '/journal/find', { find: 'nummer 12' })
		must((await text_of(page)).includes('De ketel van nummer 12'), 'the line is not found')
		must(!page.url().includes('nummer'), 'what was looked for stands in the address')
		await press(page, page.locator('main a[href^="/journal/"]', { hasText: /20\d\d/ }).first())
		await send(page, '/journal', { learnt: 'Eerst de vulkraan dicht.', kind: 'work', hours: '1' })
		await page.goto('/journal')
		await press(page, page.locator('main a[href^="/journal/"]', { hasText: /20\d\d/ }).first())
		const entry = new URL(page.url()).pathname
		await send(page, `${entry}/share`)
		await colleague.goto('/learnt')
		must((await text_of(colleague)).includes('Eerst de vulkraan dicht.'), 'a colleague does not see what was shared')
		await page.goto(entry)
		await send(page, `${entry}/unshare`)
		await colleague.goto('/learnt')
		must(!(await text_of(colleague)).includes('Eerst de vulkraan dicht.'), 'a colleague still sees what was withdrawn')
	})
	await task('let the hours of one’s log count in groups, and withdraw that', async () => {
		const page = await as('Youssef')
		await page.goto('/learning')
		must(await page.locator('main svg.parts').count(), 'there is no picture')
		const agreed = () => form(page, '/journal/counted').locator('[name=counts]').getAttribute('value')
		const before = await agreed()
		for (const now of [before, before === '0' ? '1' : '0']) {
			same(await agreed(), now, 'what the button offers')
			await send(page, '/journal/counted')
			await said(page)
		}
		same(await agreed(), before, 'what the button offers in the end')
	})
	await task('see a rule applied before it is kept', async () => {
		const page = await as('Noor')
		await page.goto('/lens/rules')
		const link = page.locator('main a[href^="/lens/rule?"]').first()
		await Promise.all([page.waitForNavigation(), link.click()])
		await send(page, '/lens/rule', { kind: 'work', hours: '0.5', name_nl: 'Oefening', name_en: 'Exercise' })
		must(await page.locator('main table thead th').count() >= 3, 'now and with the change do not stand beside each other')
		await send(page, '/lens/rules')
		await said(page)
		must((await text_of(page)).includes('Oefening'), 'the rule is not in the list')
		await send(page, '/lens/rules/shipped')
		must(!(await text_of(page)).includes('Oefening'), 'the rules that come along are not back')
	})
	await task('read what is recorded about oneself, say what is wrong, and ask to be erased', async () => {
		const page = await as('Youssef'), privacy = await as('Renske')
		await page.goto('/about-me')
		const take = await page.request.get('/about-me/export')
		same(take.status(), 200, 'the export')
		const details = page.locator('main details', { has: page.locator('form[action="/about-me/mistakes"]') }).first()
		await details.locator('summary').click()
		await details.locator('[name=text]').fill('Mijn team heet anders.')
		await press(page, details.locator('button[type=submit]'))
		await privacy.goto('/trust/mistakes')
		must((await text_of(privacy)).includes('Mijn team heet anders.'), 'nobody reads it')
		await page.goto('/about-me')
		await send(page, '/about-me/erasure', { why: 'Ik ga weg.' })
		await page.goto('/about-me')
		await send(page, '/about-me/erasure/withdraw')
	})
	await task('connect a tool, and take its key back', async () => {
		const page = await as('Tomasz')
		await page.goto('/tools')
		await send(page, '/tools', { name: 'Cursusspeler Beter' })
		must(await form(page, '/tools').locator('.wrong').count(), 'what it is for was not asked')
		await send(page, '/tools', { name: 'Cursusspeler Beter', use: 'course' })
		must(await page.locator('main code').count() >= 2, 'no key and secret are shown')
		await page.goto('/tools')
		must((await text_of(page)).includes('statements/write, statements/read/mine'), 'what it may is not told')
		const row = page.locator('main tbody tr', { hasText: 'Cursusspeler Beter' })
		await row.locator('summary').click()
		await press(page, row.locator('form[action$="/revoke"] button'))
		must(await said(page), 'nothing is said')
	})
	await task('decide how long things are kept', async () => {
		const page = await as('Noor'), council = await as('Wim')
		await page.goto('/trust/keeping')
		if (await form(page, '/trust/keeping/proposals').count()) await send(page, '/trust/keeping/proposals', { why: 'Zoals Wijzer het voorstelt.' })
		await council.goto('/trust/keeping')
		await send(council, '/trust/keeping/decide', { document: 'Besluit OR, 20 november' })
		await council.goto('/trust/keeping')
		same(await form(council, '/trust/keeping/decide').count(), 0, 'terms that wait')
	})
	for (const page of windows.values()) await page.context().close()
}

const GOOD = 'person_id;name;email;unit;role;lead_id;hours;start;end;language\n'
	+ '1;Anna de Wit;anna@voorbeeld.example;Zorg/Thuis/Noord;Wijkverpleegkundige;;32;01-03-2024;;nl\n'
	+ '2;Bram Ünal;bram@voorbeeld.example;Zorg/Thuis/Noord;Verzorgende;1;28,5;15-01-2025;;nl\n'
	+ '3;Chloë Mol;chloe@voorbeeld.example;Zorg/Thuis/Noord;Verzorgende;1;36;01-09-2025;;nl\n'

async function in_empty_organisation(browser, house) {
	const task = (name, body) => check(`without script, empty organisation: ${name}`, body)
	const windows = []
	const invite = async (name, role) => {
		const context = await open_window(browser, house, { script: false })
		windows.push(context)
		const page = await context.newPage()
		await page.goto(house.link(`${name.toLowerCase()}@voorbeeld.example`, name, role))
		await press(page, page.locator('main form button').first())
		return page
	}
	let page, council

	await task('in by a one-time link, a password, out, and in with it', async () => {
		page = await invite('Noor', 'learning')
		await send(page, '/account/password', { password: 'een zin van genoeg tekens', again: 'een zin van genoeg tekens' })
		await press(page, page.locator('form[action="/sign-out"] button'))
		await page.goto('/sign-in')
		const wrong = await send(page, '/sign-in', { email: 'noor@voorbeeld.example', password: 'dit is het niet' })
		must(wrong.status() >= 400 || (await page.locator('[role=alert]').count()), 'a wrong password is not told')
		await send(page, '/sign-in', { email: 'noor@voorbeeld.example', password: 'een zin van genoeg tekens' })
		must((await page.locator('ol.steps > li').count()) === 5, 'the five first steps are not there')
	})
	await task('skip a step, and the next is at hand', async () => {
		await page.goto('/')
		const before = await page.locator('ol.steps > li.now h2').innerText()
		await send(page, '*/skip')
		await page.goto('/')
		must((await page.locator('ol.steps > li.now h2').innerText()) !== before, 'still the same step')
	})
	await task('paste people, wrong and then right', async () => {
		await page.goto('/people')
		const wrong = await send(page, '/people/paste', { lines: 'Dirk Jansen\n;;;;' })
		same(wrong.status(), 422, 'the answer to wrong lines')
		must((await page.locator('[name=lines]').inputValue()).includes('Dirk Jansen'), 'what was typed is gone')
		must(await page.locator('[role=alert]').count(), 'nothing says what is wrong')
		await send(page, '/people/paste', { lines: 'Dirk Jansen; dirk@voorbeeld.example; Zorg/Thuis/Zuid; Verzorgende\nEls Pot; els@voorbeeld.example; Zorg/Thuis/Zuid; Verzorgende' })
		await page.goto('/people')
		must((await text_of(page)).includes('Els Pot'), 'they are not in the list')
	})
	await task('import people from a file: wrong, then right, then undone', async () => {
		await page.goto('/import')
		await send(page, '/import', { kind: 'people', file: file('mensen.csv', GOOD.replace('15-01-2025', '31-02-2025')) })
		await send(page, '*/columns')
		must((await text_of(page)).match(/\b3\b/), 'line 3 is not named')
		must((await text_of(page)).includes('31-02-2025'), 'the wrong day is not shown')
		await send(page, '*/discard')
		await page.goto('/import')
		await send(page, '/import', { kind: 'people', file: file('mensen.csv', GOOD) })
		await send(page, '*/columns')
		await send(page, '*/confirm')
		await page.goto('/people')
		must((await text_of(page)).includes('Bram Ünal'), 'they are not in the list')
		await page.goto('/import')
		await send(page, '*/undo')
		await page.goto('/people')
		must(!(await text_of(page)).includes('Bram Ünal'), 'they are still in the list')
	})
	await task('adopt the starter framework', async () => {
		await page.goto('/skills')
		await send(page, '/skills/starter')
		await page.goto('/skills')
		must((await page.locator('main a[href^="/skills/"]').count()) >= 50, 'fewer than fifty skills')
	})
	await task('make an ambition', async () => {
		await page.goto('/strategy/new')
		const select = form(page, '/strategy').locator('select[name=skill_1]')
		const skill = await select.locator('option').nth(1).getAttribute('value')
		await send(page, '/strategy', { name: 'Iedereen thuis geholpen', horizon: '2030-01-01', skill_1: skill, people_1: '3' })
		must((await text_of(page)).includes('Iedereen thuis geholpen'), `it is not there: ${(await text_of(page)).slice(0, 200)}`)
		must(await page.locator('table.line tbody tr').count(), 'its line is not there')
	})
	await task('record a basis', async () => {
		council = await invite('Wim', 'council')
		await council.goto('/trust')
		await send(council, '/trust/bases', { purpose: 'ratings', kind: 'agreement', day: '2026-01-15', document: 'Instemming OR 2026-3', scope: 'Inschattingen, niet voor beoordeling.' })
		await council.goto('/trust')
		must((await text_of(council)).includes('Instemming OR 2026-3'), 'it is not there')
	})
	for (const context of windows) await context.close()
}

export async function tasks(browser, binary) {
	for (const [demo, all] of [[true, in_demonstration], [false, in_empty_organisation]]) {
		const house = await open_house(binary, { demo })
		try { await all(browser, house) } finally { await house.close() }
	}
}
