// A page of answers that are locked: words that never were saved are offered for copying.
import { bringBack, forget, here } from "./kept_words.js";

const section = document.querySelector("[data-kept-answers]");

async function offer(group) {
  const place = `${here}#${group.dataset.kept}`;
  const record = await bringBack(place);
  const box = group.querySelector("textarea");
  if (!record || !box) return;
  box.value = record.value;
  section.hidden = group.hidden = false;
  group.querySelector("button").addEventListener("click", async () => {
    await forget(place);
    group.remove();
    section.hidden = !section.querySelector("[data-kept]:not([hidden])");
    document.querySelector("h1").scrollIntoView();
  });
}

for (const group of section?.querySelectorAll("[data-kept]") ?? []) offer(group);
