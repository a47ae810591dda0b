// Words that are not saved yet, kept on the device: enciphered under a key that the server gives
// to one person's pages only. Another person at the same browser can neither read them nor find
// out whose they are or where they belong. Nothing is kept where the browser has no WebCrypto.
const PREFIX = "words:";
const MOST_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;
const store = window.localStorage;
const secret = document.body.dataset.wordsKey;
const turns = new Map(); // one thing at a time for each place

// The address of the page to which words belong. A page of answers that comes back with a comment
// that was not sent stands at another one.
export const here = window.location.pathname.replace(/(\/answers\/[^/]+\/)talk\/$/, "$1");

export const canKeep = Boolean(secret && window.crypto?.subtle);

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const keys = canKeep ? readKeys(bytes(secret)) : null;

async function readKeys(raw) {
  const use = crypto.subtle;
  return {
    words: await use.importKey("raw", raw.slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]),
    names: await use.importKey(
      "raw",
      raw.slice(32),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    ),
  };
}

async function nameOf(place) {
  const { names } = await keys;
  return PREFIX + text(await crypto.subtle.sign("HMAC", names, new TextEncoder().encode(place)));
}

function inTurn(place, work) {
  const next = (turns.get(place) ?? Promise.resolve()).then(work).catch(() => null);
  turns.set(place, next);
  return next;
}

// Keeps what belongs to a place; true once it is there.
export function keep(place, record) {
  if (!canKeep) return Promise.resolve(false);
  return inTurn(place, async () => {
    const { words } = await keys;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(record));
    const how = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) };
    const sealed = await crypto.subtle.encrypt(how, words, plain);
    const day = Math.floor(Date.now() / DAY);
    const value = { day, iv: text(iv), words: inPieces(sealed) };
    store.setItem(await nameOf(place), JSON.stringify(value));
    return true;
  });
}

// A long text in one call of String.fromCharCode would be too many arguments.
function inPieces(buffer) {
  const pieces = [];
  const all = new Uint8Array(buffer);
  for (let at = 0; at < all.length; at += 3000) pieces.push(text(all.slice(at, at + 3000)));
  return pieces.join("");
}

// What was kept for a place, or null.
export function bringBack(place) {
  if (!canKeep) return Promise.resolve(null);
  return inTurn(place, async () => {
    const found = store.getItem(await nameOf(place));
    if (!found) return null;
    const { iv, words } = JSON.parse(found);
    const how = {
      name: "AES-GCM",
      iv: bytes(iv),
      additionalData: new TextEncoder().encode(place),
    };
    const plain = await crypto.subtle.decrypt(how, (await keys).words, bytes(words));
    return JSON.parse(new TextDecoder().decode(plain));
  });
}

export function forget(place) {
  if (!canKeep) return Promise.resolve();
  return inTurn(place, async () => store.removeItem(await nameOf(place)));
}

// Whoever opens a page clears what nobody came back for.
export function clearOld() {
  const today = Math.floor(Date.now() / DAY);
  for (const name of Object.keys(store).filter((one) => one.startsWith(PREFIX))) {
    try {
      if (today - JSON.parse(store.getItem(name)).day > MOST_DAYS) store.removeItem(name);
    } catch {
      store.removeItem(name);
    }
  }
}

if (canKeep) clearOld();
