// One answer of a page: saved by itself while it is written, one request at a time.
import { bringBack, canKeep, forget, here, keep } from "./kept_words.js";

const PAUSE = 2000; // milliseconds after the last key
const LONGEST = 10_000; // however long somebody writes without a pause
const KEPT_AFTER = 300;
const SLOW = 2500; // then the page says that it is not saved
const LONGEST_WAIT = 30_000; // between two tries

export class Answer {
  constructor(element, page) {
    this.element = element;
    this.page = page;
    this.code = element.dataset.answer;
    this.place = `${here}#${this.code}`;
    this.fields = [...element.querySelectorAll(`[name="${CSS.escape(this.code)}"]`)];
    this.box = this.fields.find((field) => field.type !== "radio");
    this.versionField = element.querySelector(`[name="version:${CSS.escape(this.code)}"]`);
    this.versions = element.querySelector("[data-versions]");
    this.line = element.querySelector("[data-saved]");
    this.senderKey = page.key;
    // What the server is known to hold; nothing where the page came back with words unsaved.
    this.saved = "unsaved" in element.dataset ? null : this.valueAtFirst();
    this.isOpen = this.versions.childElementCount > 0; // two versions, and the choice to be made
    this.isKept = true;
    this.tries = 0;
    element.addEventListener("input", (event) => this.isMine(event) && this.changed());
    element.addEventListener("change", (event) => this.isMine(event) && this.save());
    this.versions.addEventListener("click", (event) => this.choose(event));
  }

  isMine(event) {
    return this.fields.includes(event.target);
  }

  get value() {
    return this.box ? this.box.value : (this.fields.find((one) => one.checked)?.value ?? "");
  }

  set value(value) {
    if (this.box) this.box.value = value;
    for (const field of this.fields) if (field !== this.box) field.checked = field.value === value;
  }

  valueAtFirst() {
    if (this.box) return this.box.defaultValue;
    return this.fields.find((one) => one.defaultChecked)?.value ?? "";
  }

  get isDirty() {
    return this.value !== this.saved;
  }

  changed() {
    if (this.page.isClosed) return;
    clearTimeout(this.keepTimer);
    if (!this.isDirty && !this.isOpen && !this.isSending) {
      clearTimeout(this.timer);
      this.since = undefined;
      this.isKept = true;
      forget(this.place);
      return this.tell("");
    }
    this.isKept = false;
    this.keepTimer = setTimeout(() => this.keep(), KEPT_AFTER);
    if (this.isJoining) this.isJoining = this.isOpen = false;
    if (this.isOpen) return;
    this.since ??= Date.now();
    if (this.page.pausedBy || !navigator.onLine) this.tellNotSaved();
    else this.tell("Saving…");
    this.plan(Math.min(PAUSE, this.since + LONGEST - Date.now()));
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(wait, 0));
  }

  async keep() {
    clearTimeout(this.keepTimer);
    const record = {
      value: this.value,
      version: this.versionField.value,
      page: this.senderKey,
      number: this.page.number,
    };
    this.isKept = await keep(this.place, record);
    if (this.isKept && !this.isDirty) forget(this.place);
  }

  // Words of an earlier visit, put back into the box and sent as what they are.
  async bringBack() {
    const record = await bringBack(this.place);
    if (!record) return;
    if (record.value === this.saved) return forget(this.place);
    this.value = record.value;
    this.box?.dispatchEvent(new Event("input")); // the count of characters follows
    this.versionField.value = record.version;
    this.senderKey = record.page;
    // More than that page can have sent after it kept the words.
    this.page.number = Math.max(this.page.number, record.number + 100);
    this.isBroughtBack = true;
    if (this.isOpen) return;
    this.tell("Brought back from this device, not saved yet");
    this.page.say("Words that were not saved are brought back from this device.");
    this.plan(PAUSE / 2);
  }

  // `isLeaving`: the page goes away, so a request on its way cannot be waited for.
  async save({ isLeaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.isDirty || this.isOpen || this.page.isClosed || this.page.pausedBy) return;
    if (this.isSending && !isLeaving) return;
    const sent = this.value;
    if (sent === this.wrong) return; // it was refused as it is
    this.isSending = true;
    const slow = setTimeout(() => this.tellNotSaved(), SLOW);
    const told = await this.page.send(this.body(sent), isLeaving);
    clearTimeout(slow);
    this.isSending = false;
    this.takeIn(told, sent);
  }

  body(value) {
    const fields = {
      code: this.code,
      [this.code]: value,
      [`version:${this.code}`]: this.versionField.value,
      page: this.senderKey,
      number: this.page.next(),
      person: document.body.dataset.person,
    };
    if (this.isSettling) fields[`settle:${this.code}`] = "yes";
    if (this.isBroughtBack) fields.brought_back = "yes";
    return new URLSearchParams(fields);
  }

  takeIn(told, sent) {
    const states = {
      saved: () => this.isSaved(told, sent),
      unchanged: () => this.isSaved(told, sent),
      overtaken: () => this.isOvertaken(told, sent),
      stale: () => this.isStale(told),
      wrong: () => this.isWrong(told, sent),
      locked: () => this.page.close(told.reason),
      refused: () => this.page.close(told.reason),
      signed_out: () => this.page.pause("signed_out"),
      somebody_else: () => this.page.pause("somebody_else"),
      out_of_date: () => this.page.resume(),
    };
    (states[told.state] ?? (() => this.tryAgain()))();
  }

  isSaved(told, sent) {
    const how = this.isBroughtBack ? "Brought back and saved" : "Saved";
    this.saved = sent;
    this.versionField.value = told.version;
    this.tries = 0;
    this.since = undefined;
    this.isBroughtBack = false;
    if (this.isSettling) this.settled();
    if (this.isDirty) return this.changed();
    this.isKept = true;
    forget(this.place);
    this.tell(`${how} at ${told.at}`);
    this.page.isSaving();
  }

  isWrong(told, sent) {
    this.wrong = sent;
    this.tell(`Not saved: ${told.reason}`, true);
    this.page.say(`Not saved: ${told.reason}`);
  }

  settled() {
    this.isSettling = false;
    for (const old of this.element.querySelectorAll("[data-waiting]")) old.remove();
  }

  // Something newer of ours stands there already.
  isOvertaken(told, sent) {
    this.versionField.value = told.version;
    if (!this.isBroughtBack || this.value !== sent) return this.plan(0);
    this.value = this.saved = this.box ? told.text : told.rating;
    this.isBroughtBack = false;
    this.isKept = true;
    forget(this.place);
    this.tell(`Saved at ${told.at}`);
  }

  isStale(told) {
    this.theirs = { value: this.box ? told.text : told.rating, version: told.version };
    this.isOpen = true;
    const page = new DOMParser().parseFromString(told.html, "text/html");
    // Sent with the form before a choice was made, the words are still from before that version.
    page.querySelector("[name^='settle:']").remove();
    this.versions.replaceChildren(...page.body.children);
    this.keep();
    this.tell("Not saved: choose between the two versions above", true);
    this.page.say(`${told.reason}. Both versions are shown above the answer.`);
  }

  // The buttons below two versions. Without this script they are sent with the form.
  choose(event) {
    const button = event.target.closest("button[name^='choose:']");
    if (!button || !this.theirs) return;
    event.preventDefault();
    const { value, version } = this.theirs;
    if (button.value === "theirs") this.value = value;
    if (button.value === "both") this.value = [value, this.value].filter(Boolean).join("\n\n");
    this.versionField.value = version;
    this.versions.replaceChildren();
    this.theirs = null;
    this.saved = null;
    this.isOpen = this.isJoining = button.value === "both";
    this.isSettling = true;
    this.isBroughtBack = false;
    this.senderKey = this.page.key;
    this.keep();
    (this.box ?? this.fields.find((one) => one.checked) ?? this.fields[0]).focus();
    this.box?.dispatchEvent(new Event("input"));
    if (!this.isJoining) return this.save();
    this.tell("Not saved: make one text of the two", true);
  }

  tryAgain() {
    this.tries += 1;
    this.tellNotSaved();
    this.plan(Math.min(1000 * 2 ** this.tries, LONGEST_WAIT));
  }

  tellNotSaved() {
    const words = this.page.whatBecomesOfThem();
    this.tell(`Not saved. ${words}`, true);
    const way = this.page.wayOn();
    if (way) this.line.append(" ", way);
    this.page.isFailing(words);
  }

  tell(words, isNotSaved = false) {
    this.line.textContent = words;
    this.line.hidden = !words;
    this.line.classList.toggle("portal-saved--not", isNotSaved);
  }

  // Nothing more can be saved: what is not is offered for copying.
  freeze(copyButton) {
    clearTimeout(this.timer);
    for (const field of this.fields) {
      if (field === this.box) field.readOnly = true;
      else refuse(field);
    }
    if (!this.isDirty) return this.tell("");
    this.keep();
    this.tell("These words are not saved: the answers are locked", true);
    if (!this.box) return;
    const button = copyButton();
    button.addEventListener("click", async () => {
      this.box.select();
      await navigator.clipboard?.writeText(this.box.value).catch(() => {});
      this.page.say("Copied.");
    });
    this.line.after(button);
  }

  get isAtRisk() {
    return this.isDirty && !(canKeep && this.isKept);
  }
}

// A disabled choice is too pale to read.
function refuse(choice) {
  choice.setAttribute("aria-disabled", "true");
  choice.addEventListener("click", (event) => event.preventDefault());
}
