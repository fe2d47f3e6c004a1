/* enhance.js - what is pleasant but never needed. Every page works without this file. */
"use strict";

const all = (what, from = document) => [...from.querySelectorAll(what)];

/* The error summary is read first. */
document.querySelector(".error-summary")?.focus();

/* A button that prints, shown only where it can work. */
for (const button of all("button[data-print]")) {
	button.hidden = false;
	button.addEventListener("click", () => window.print());
}

/* <details data-wide> is open where there is room for it beside the page. */
if (window.matchMedia("(width >= 75rem)").matches)
	for (const details of all("details[data-wide]"))
		details.open = true;

/* A choice that shows its result at once: <select data-submit>. The button beside it stays for everyone else. */
for (const select of all("select[data-submit]"))
	select.addEventListener("change", () => select.form.requestSubmit());

/* A form is sent once, however often its button is pressed; coming back with the browser's button frees it again. */
document.addEventListener("submit", event => {
	const form = event.target;
	if (form.method !== "post" || event.defaultPrevented)
		return;
	if (form.dataset.sent)
		event.preventDefault();
	form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach(form => delete form.dataset.sent));

/* Rating with the keyboard: 1 to 5, 0 for "not seen", and on to the next person. */
const rates = all(".rate");
const rates_told = document.querySelector("[data-rated]");
const rates_count = () => {
	if (rates_told)
		rates_told.textContent = rates.filter(rate => rate.querySelector(":checked")).length;
};
for (const [i, rate] of rates.entries()) {
	rate.addEventListener("change", rates_count);
	rate.addEventListener("keydown", event => {
		if (!/^[0-5]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("[type=radio]"))
			return;
		const answer = rate.querySelector(`input[data-key="${event.key}"]`);
		if (!answer)
			return;
		event.preventDefault();
		answer.click();
		const next = rates[i + 1]?.querySelector("input:checked, input");
		(next ?? answer).focus();
	});
}
rates_count();

/* Search as you type: <form data-live="results"> replaces #results by the same element of the answer. */
for (const form of all("form[data-live]")) {
	let timer, running;
	form.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(async () => {
			running?.abort();
			running = new AbortController();
			const url = `${form.action}?${new URLSearchParams(new FormData(form))}`;
			try {
				const answer = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
				if (!answer.ok)
					return;
				const page = new DOMParser().parseFromString(await answer.text(), "text/html");
				const found = page.getElementById(form.dataset.live);
				const shown = document.getElementById(form.dataset.live);
				if (!found || !shown)
					return;
				shown.replaceWith(found);
				history.replaceState(null, "", url);
			} catch (error) {
				if (error.name !== "AbortError")
					throw error;
			}
		}, 180);
	});
}
