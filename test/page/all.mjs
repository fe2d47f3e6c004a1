// all.mjs - every suite, against one demonstration and one empty organisation.
import { finish } from './report.mjs'
import { open_browser, open_house } from './house.mjs'
import { crawl_all } from './crawl.mjs'

const [binary, ...only] = process.argv.slice(2)
const suites = { crawl: crawl_all }

const browser = await open_browser()
const house = await open_house(binary, { demo: true })
try {
	for (const [name, suite] of Object.entries(suites)) {
		if (!only.length || only.includes(name)) await suite(browser, house, binary)
	}
} finally {
	await browser.close()
	await house.close()
}
finish()
