// Long texts of every other form: kept on the device from the first word until they are sent.
import { bringBack, canKeep, forget, here, keep } from "./kept_words.js";
import { areCleared, rememberSent } from "./sent_words.js";

const KEPT_AFTER = 500; // milliseconds after the last key
const LONG = "main form[method=post] textarea[name]:not([readonly])";

// The answers of an assessment save themselves.
const isAnswer = (field) => field.closest("[data-answer]")?.dataset.answer === field.name;

class KeptField {
  constructor(field) {
    this.field = field;
    this.place = `${here}?${field.name}`;
    field.addEventListener("input", () => this.changed());
    field.form.addEventListener("submit", () => this.sent());
    areCleared.then(() => this.bringBack());
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEPT_AFTER);
  }

  keep() {
    const { value, defaultValue } = this.field;
    if (value === defaultValue) forget(this.place);
    else keep(this.place, { value, began: defaultValue });
  }

  sent() {
    clearTimeout(this.timer);
    this.keep();
    rememberSent([this.place]);
  }

  // Where the text has moved on since, it is left alone and the words are offered.
  async bringBack() {
    const record = await bringBack(this.place);
    const { field } = this;
    if (!record || record.value === field.value) return;
    if (field.value !== field.defaultValue) return; // somebody types already
    if (record.began === field.defaultValue) this.putBack(record);
    else this.offer(record);
  }

  putBack(record) {
    this.field.value = record.value;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.say("Your words are brought back from this device. They are not saved yet.");
  }

  offer(record) {
    const line = this.say("Words of yours for this box were not saved. What stands there is newer. ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = "Add them to the box";
    button.addEventListener("click", () => {
      line.remove();
      this.putBack({ value: [this.field.value, record.value].filter(Boolean).join("\n\n") });
    });
    line.append(document.createElement("br"), button);
  }

  say(words) {
    const line = document.createElement("p");
    line.className = "govuk-hint";
    line.setAttribute("role", "status");
    line.textContent = words;
    this.field.before(line);
    return line;
  }
}

if (canKeep) {
  const fields = [...document.querySelectorAll(LONG)].filter((field) => !isAnswer(field));
  for (const field of fields) new KeptField(field);
}
