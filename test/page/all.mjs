// all.mjs - every suite, or those that are named: all.mjs BINARY [SUITE…].
import { finish } from './report.mjs'
import { open_browser } from './house.mjs'
import { crawl } from './crawl.mjs'
import { keys } from './keys.mjs'
import { paper } from './paper.mjs'
import { rounds } from './rounds.mjs'
import { tasks } from './tasks.mjs'

const [binary, ...only] = process.argv.slice(2)
const browser = await open_browser()
try {
	for (const suite of [tasks, rounds, keys, paper, crawl])
		if (!only.length || only.includes(suite.name)) await suite(browser, binary)
} finally { await browser.close() }
finish()
