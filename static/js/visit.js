// The visit of the person who is signed in: told before it ends, and kept going when they ask.
const page = document.body.dataset;
const WARNING = 150; // seconds before the end
const SHARED = "visit"; // what the tabs of one browser tell one another: until when, and whose

let endsAt = Date.now() + Number(page.visitEndsIn) * 1000;
let timer;

// Anything that the server answered keeps the visit going.
export function goesOn(seconds) {
  endsAt = Date.now() + (seconds ?? Number(page.visitEndsIn)) * 1000;
  share();
  watch();
}

// Asks the server who is signed in: "same", "other", "nobody" or, without an answer, "unknown".
// With "same" comes a token for the page's forms.
export async function whoIsSignedIn() {
  try {
    const answer = await fetch(page.visit, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(4000),
    });
    if (answer.status === 401) return { who: "nobody" };
    if (!answer.ok) return { who: "unknown" };
    const { person, ends_in: seconds, token } = await answer.json();
    if (person !== page.person) return { who: "other" };
    goesOn(seconds);
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      input.value = token;
    }
    return { who: "same", token };
  } catch {
    return { who: "unknown" };
  }
}

const notice = document.querySelector("[data-visit-notice]");
const words = notice?.querySelector("[data-visit-words]");
const stay = notice?.querySelector("[data-visit-stay]");
const signIn = notice?.querySelector("[data-visit-sign-in]");

function share() {
  try {
    localStorage.setItem(SHARED, JSON.stringify({ person: page.person, endsAt }));
  } catch {
    // Without a store each tab goes by itself.
  }
}

function learn(shared) {
  try {
    const other = JSON.parse(shared);
    if (other?.person === page.person && other.endsAt > endsAt) endsAt = other.endsAt;
  } catch {
    // Not ours.
  }
}

function watch() {
  clearTimeout(timer);
  const left = endsAt - Date.now();
  if (left > WARNING * 1000) {
    notice.hidden = true;
    timer = setTimeout(watch, Math.min(left - WARNING * 1000, 60_000));
  } else if (left > 0) {
    warn();
    timer = setTimeout(watch, left);
  } else {
    end();
  }
}

function warn() {
  if (!notice.hidden && !stay.hidden) return;
  const at = new Date(endsAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  notice.hidden = stay.hidden = false;
  signIn.hidden = true;
  words.textContent = `You will be signed out at ${at}, as nothing has been sent from this page for a while.`;
}

async function end() {
  const { who } = await whoIsSignedIn();
  if (who === "same") return;
  notice.hidden = signIn.hidden = false;
  stay.hidden = true;
  words.textContent = "You are signed out. What you had saved stands.";
}

if (notice) {
  share();
  watch();
  stay.addEventListener("click", async () => {
    const { who } = await whoIsSignedIn();
    if (who !== "same") return end();
    document.querySelector("main").focus({ preventScroll: true });
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== SHARED) return;
    learn(event.newValue);
    watch();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) watch();
  });
}
