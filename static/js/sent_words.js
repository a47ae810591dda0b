// Words that went to the server with a form: once it has taken them, the device need not keep them.
import { forget } from "./kept_words.js";

const SENT = "words-sent"; // of this tab

export function rememberSent(places) {
  try {
    const before = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
    sessionStorage.setItem(SENT, JSON.stringify([...before, ...places]));
  } catch {
    // They are compared with what stands in the form when its page is opened again.
  }
}

// What is taken leads on to a page of the same visit. What is refused is answered at once, and a
// visit that has ended leads to a page of nobody.
function isTaken() {
  const [arrival] = performance.getEntriesByType("navigation");
  return Boolean(document.body.dataset.person) && arrival?.redirectCount > 0;
}

const address = new URL(window.location.href);
const wasSaved = address.searchParams.get("saved") === "answers";
const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
sessionStorage.removeItem(SENT);
// Whoever puts kept words back into a form waits until those that were taken are gone.
export const areCleared =
  wasSaved || isTaken() ? Promise.all(sent.map(forget)) : Promise.resolve();
if (wasSaved) {
  address.searchParams.delete("saved");
  window.history.replaceState(window.history.state, "", address);
}
