// rules.mjs - what makes a page's HTML wrong.
import { HtmlValidate } from 'html-validate'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// "standard" is what the HTML standard forbids, "a11y" what shuts people out. Left out is what is only taste (upper or lower case, spaces, quotes).
const validator = new HtmlValidate({
	extends: ['html-validate:standard', 'html-validate:a11y'],
	root: true,
	rules: {
		'no-inline-style': 'error',              // the Content-Security-Policy would not apply it
		'no-implicit-button-type': 'error',      // a button without a type sends a form one did not mean to send
		'no-dup-id': 'error',
		'aria-label-misuse': ['error', { allowAnyNamable: true }],   // a list may have a name
		'prefer-native-element': 'off',          // role=status, role=group: there is no element that says the same
		'long-title': 'off',                     // a title is a finding, and a finding is a sentence
	},
})

export function html_faults(html) {
	return validator.validateStringSync(html).results.flatMap(r => r.messages)
		.map(m => `html: ${m.ruleId} at line ${m.line}: ${m.message}`)
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
// In the dark only colours are another matter; the elements are the same as in the light.
const COLOURS = ['color-contrast', 'link-in-text-block']

// Evaluated by the debugger, so that the page's policy need not allow it.
export async function axe_faults(page, where, only_colours = false) {
	if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe)
	const found = await page.evaluate(([tags, colours]) => window.axe.run(document, {
		runOnly: colours ? { type: 'rule', values: colours } : { type: 'tag', values: tags },
		resultTypes: ['violations'],
	}), [TAGS, only_colours ? COLOURS : null])
	return found.violations.map(v => `axe ${where}: ${v.id}: ${v.help}; ${v.nodes.length} times, first ${v.nodes[0].html.slice(0, 160)}`)
}
