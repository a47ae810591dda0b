// What a browser with JavaScript adds. Every page works without it.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";
import "./kept_fields.js";
import "./visit.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

const SECONDS_BETWEEN_LOOKS = 2;
const LONGEST_WAIT = 30;

// A form is sent once: a second click while the answer is on its way does nothing. Where the answer
// never comes, it can be sent again. The server also takes once what comes twice.
const WAIT_FOR_ANSWER = 10000; // milliseconds

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (Date.now() - Number(form.dataset.sentAt || 0) < WAIT_FOR_ANSWER) event.preventDefault();
  else form.dataset.sentAt = String(Date.now());
});

// The browser's back button brings the page as it was left; the form can then be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
});

// A background job's fragment is fetched again until it says that the job is over. Its words are
// put inside a region that is read out when they change; what stands elsewhere on the page is
// changed silently. Then the page is loaded again for what
// the job made, unless somebody may be typing on it: the link in the fragment is left to them.
const TYPED = "main :is(textarea, select, input:not([type=hidden]))";

async function look(element, wait) {
  let answer;
  try {
    answer = await fetch(element.dataset.poll, { headers: { Accept: "text/html" } });
  } catch {
    return lookLater(element, wait);
  }
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(".portal-progress");
  if (!fresh) return;
  const isOver = !("poll" in fresh.dataset);
  if (isOver && !document.querySelector(TYPED)) return window.location.reload();
  const shown = element.querySelector("[data-poll-status]");
  const words = fresh.querySelector("[data-poll-status]");
  if (shown.textContent !== words.textContent) shown.replaceChildren(...words.childNodes);
  for (const part of document.querySelectorAll("[data-poll-part]")) {
    const now = page.querySelector(`[data-poll-part="${CSS.escape(part.dataset.pollPart)}"]`);
    if (now && now.textContent !== part.textContent) part.replaceChildren(...now.childNodes);
  }
  if (!isOver) lookLater(element, wait);
}

function lookLater(element, wait) {
  setTimeout(() => look(element, Math.min(wait * 1.3, LONGEST_WAIT)), wait * 1000);
}

for (const element of document.querySelectorAll("[data-poll]")) {
  lookLater(element, SECONDS_BETWEEN_LOOKS);
}
