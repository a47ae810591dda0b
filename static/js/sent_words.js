// Words that went to the server with a form: once it says that they are saved, the device need
// not keep them.
import { forget } from "./kept_words.js";

const SENT = "words-sent"; // of this tab

export function rememberSent(places) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify(places));
  } catch {
    // They are compared with what is saved when their page is opened again.
  }
}

const address = new URL(window.location.href);
if (address.searchParams.get("saved") === "answers") {
  for (const place of JSON.parse(sessionStorage.getItem(SENT) ?? "[]")) forget(place);
  address.searchParams.delete("saved");
  window.history.replaceState(window.history.state, "", address);
}
sessionStorage.removeItem(SENT);
