// The answers of a page, saved while they are written. Without this script the form is sent whole.
import { Answer } from "./answer.js";
import { canKeep } from "./kept_words.js";
import { areCleared, rememberSent } from "./sent_words.js";
import { goesOn, whoIsSignedIn } from "./visit.js";

const HANGS = 4000; // milliseconds: no answer is waited for longer

const REASONS = {
  signed_out: "You are signed out.",
  somebody_else: "Somebody else has signed in in this browser.",
};

class AnswerPage {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.answers;
    // Tells the server which opened page sends, and its own requests one from another.
    this.key = Array.from(crypto.getRandomValues(new Uint8Array(16)), twoDigits)
      .join("")
      .slice(0, 24);
    this.number = 0;
    this.pausedBy = "";
    this.isClosed = false;
    this.notices = form.querySelector("[data-notices]");
    this.status = form.querySelector("[data-said]");
    this.answers = [...form.querySelectorAll("[data-answer]")].map((one) => new Answer(one, this));
    this.listen();
    areCleared.then(() => this.answers.forEach((answer) => answer.bringBack()));
  }

  listen() {
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.form.addEventListener("focusout", () => this.saveAll());
    window.addEventListener("offline", () => this.disconnected());
    window.addEventListener("online", () => this.resume());
    window.addEventListener("focus", () => this.pausedBy && this.resume());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && this.backAgain());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isSent && this.answers.some((answer) => answer.isAtRisk)) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.saveAll();
      else if (this.pausedBy) this.resume();
    });
  }

  next() {
    this.number += 1;
    return this.number;
  }

  saveAll(how) {
    if (!this.isSent) for (const answer of this.answers) answer.save(how);
  }

  // What the server says became of an answer; "failed" where it says nothing.
  async send(body, isLeaving) {
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body,
        headers: {
          Accept: "application/json",
          "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
        },
        redirect: "error",
        keepalive: isLeaving,
        signal: AbortSignal.timeout(HANGS),
      });
      const told = await answer.json();
      if (told.state !== "signed_out") goesOn();
      return told;
    } catch {
      return { state: "failed" };
    }
  }

  submitted(event) {
    if (event.defaultPrevented) return;
    // A button beside an answer sends something else, to somewhere else.
    if (event.submitter?.hasAttribute("formaction")) return this.leave();
    this.isSent = true;
    this.form.elements.page.value = this.key;
    this.form.elements.number.value = this.next();
    rememberSent(this.answers.filter((answer) => answer.isDirty).map((answer) => answer.place));
  }

  leave() {
    for (const answer of this.answers) if (answer.isDirty) answer.keep();
    this.saveAll({ isLeaving: true });
  }

  backAgain() {
    this.isSent = false;
    this.resume();
  }

  disconnected() {
    for (const answer of this.answers) if (answer.isDirty) answer.tellNotSaved();
    this.isFailing(this.whatBecomesOfThem());
  }

  whatBecomesOfThem() {
    if (this.pausedBy) return `${REASONS[this.pausedBy]} ${this.whereTheyAre()}`;
    const when = "saved when there is a connection again";
    if (canKeep) return `Your words are kept on this device and ${when}.`;
    return `Leave this page open: your words are ${when}.`;
  }

  // What leads on from a notice, to stand beside the answer too: the notice may be out of sight.
  wayOn() {
    return this.notices.querySelector("a")?.cloneNode(true);
  }

  whereTheyAre() {
    if (canKeep) return "Your words are kept on this device.";
    return "Leave this page open, or copy your words.";
  }

  // Signed out, or another person signed in: words wait on the device for their writer.
  pause(reason) {
    if (this.isClosed || this.pausedBy === reason) return;
    this.pausedBy = reason;
    this.show(reason, this.whereTheyAre());
    for (const answer of this.answers) {
      if (!answer.isDirty) continue;
      answer.keep();
      answer.tellNotSaved();
    }
  }

  // The connection is back, or somebody may have signed in elsewhere.
  async resume() {
    if (this.isClosed) return;
    const { who } = await whoIsSignedIn();
    if (who === "nobody") return this.pause("signed_out");
    if (who === "other") return this.pause("somebody_else");
    if (who === "same") {
      this.pausedBy = "";
      this.notices.replaceChildren();
    }
    this.saveAll();
  }

  // The assessment was submitted, or is not this person's to write any more.
  close(reason) {
    if (this.isClosed) return;
    this.isClosed = true;
    this.show("locked", reason);
    const template = this.form.querySelector("[data-copy]");
    for (const answer of this.answers) {
      answer.freeze(() => template.content.firstElementChild.cloneNode(true));
    }
    for (const button of this.form.querySelectorAll("[type=submit]")) button.hidden = true;
  }

  show(name, words) {
    const template = this.form.querySelector(`[data-notice=${name}]`);
    const notice = template.content.cloneNode(true);
    notice.querySelector("[data-notice-words]").textContent = words;
    this.notices.replaceChildren(notice);
  }

  isSaving() {
    this.say(this.hasFailed ? "Saved again." : "Saved. Your answers are saved as you write.");
    this.hasFailed = false;
  }

  isFailing(words) {
    this.hasFailed = true;
    this.say(`Not saved. ${words}`);
  }

  // Read out by a screen reader, each thing once.
  say(words) {
    if (words === this.said) return;
    if (words.startsWith("Saved.") && this.said?.startsWith("Saved")) return;
    this.said = words;
    this.status.textContent = words;
  }
}

function twoDigits(byte) {
  return byte.toString(16).padStart(2, "0");
}

for (const form of document.querySelectorAll("form[data-answers]")) new AnswerPage(form);
