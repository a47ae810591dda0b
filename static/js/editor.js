// The paper beside the form of one of its paragraphs: it follows what is typed, saved or not.
import { goesOn } from "./visit.js";

const PAUSE = 150; // milliseconds after the last key
const PART = "[data-live-part]";

const form = document.querySelector("#editor-form");
const live = document.querySelector("#live");
const part = live.querySelector(PART);
const line = live.querySelector("[data-live-status]");
const choices = [...live.querySelectorAll("[name=preview]")];
const box = form.querySelector("textarea[name=text]");
let timer;
let asking; // the request whose answer is waited for
let isLeaving = false;

const say = (words) => {
  if (line.textContent !== words) line.textContent = words;
};

const hasUnsaved = () =>
  "unsaved" in form.dataset || Boolean(box && box.value !== box.defaultValue);

async function show() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  let answer;
  try {
    answer = await fetch(form.dataset.live, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "error",
      signal,
    });
  } catch {
    if (!signal.aborted) say("The preview cannot be made now. What you wrote is still in the form.");
    return;
  }
  if (answer.status === 401) return say("You are signed out. What you wrote is still in the form.");
  if (!answer.ok) return say("The preview cannot be made now. What you wrote is still in the form.");
  const { html } = await answer.json();
  if (signal.aborted) return;
  goesOn();
  put(html);
  say(hasUnsaved() ? "The preview shows what you wrote. It is not saved yet." : "The preview shows what is saved.");
}

function put(html) {
  const wasOpen = part.querySelector("details")?.open;
  const place = part.querySelector("[data-live-paper]").scrollTop;
  part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  if (wasOpen) part.querySelector("details").open = true;
  part.querySelector("[data-live-paper]").scrollTop = place;
  lead();
}

// Marks what the form is about and brings it into sight, where the paper scrolls by itself.
function lead() {
  const paper = part.querySelector("[data-live-paper]");
  const written = paper.dataset.anchor && paper.querySelector(`#${CSS.escape(paper.dataset.anchor)}`);
  if (!written) return;
  written.classList.add("portal-written");
  const from = written.getBoundingClientRect().top - paper.getBoundingClientRect().top;
  if (from < 0 || from > paper.clientHeight - 60) paper.scrollTop += from - 60;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE);
}

form.addEventListener("input", later);
form.addEventListener("change", later);

for (const button of choices) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    form.elements.edition.value = button.value;
    for (const one of choices) one.setAttribute("aria-pressed", String(one === button));
    show();
  });
}

// A reference goes in where the cursor stands, or stood last.
const insert = form.querySelector("[data-insert]");
const reference = form.querySelector("[name=reference]");
if (insert && box) {
  insert.textContent = insert.dataset.insert;
  insert.addEventListener("click", (event) => {
    event.preventDefault();
    if (!reference.value) return reference.focus();
    box.focus();
    box.setRangeText(reference.value, box.selectionStart, box.selectionEnd, "end");
    reference.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

form.addEventListener("submit", () => {
  isLeaving = true;
});

window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && hasUnsaved()) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  isLeaving = false;
  lead();
  if (hasUnsaved()) later();
});
say(hasUnsaved() ? line.textContent : "The preview follows what you write.");
