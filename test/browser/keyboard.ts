import type { Page } from "playwright-core";

/** How often Tab is pressed at most: no way through a screen may be longer. */
const longest = 40;

/** Somebody who works without a mouse. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on by Tab to what has this name: a button, a link or a field by its label. @throws Error where none comes */
  async to(name: string | RegExp): Promise<void> {
    const isIt = (text: string) => (typeof name === "string" ? text.startsWith(name) : name.test(text));
    const passed: string[] = [];
    for (let steps = 0; steps < longest; steps += 1) {
      await this.#page.keyboard.press("Tab");
      const text = await this.focused();
      if (isIt(text)) return;
      passed.push(text);
    }
    throw new Error(`The keyboard does not come to ${name}: ${passed.join(" | ")}`);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async activate(name: string | RegExp): Promise<void> {
    await this.to(name);
    await this.press("Enter");
  }

  async write(label: string, text: string): Promise<void> {
    await this.to(label);
    await this.#page.keyboard.type(text);
  }

  /** @param moment `2030-01-31`, or with a time behind it: `2030-01-31T10:00` */
  async writeDay(label: string, moment: string): Promise<void> {
    await this.to(label);
    const [date = "", time = ""] = moment.split("T");
    const [year = "", month = "", day = ""] = date.split("-");
    // Whichever way the browser writes days and hours.
    for (const first of [day + month, month + day]) {
      for (const clock of clocks(time)) {
        await this.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
        await this.#page.keyboard.type(first + year);
        if (time !== "") await this.press("ArrowRight");
        await this.#page.keyboard.type(clock);
        const value = await this.#page.evaluate(() => (document.activeElement as HTMLInputElement).value);
        if (value === moment) return;
      }
    }
    throw new Error(`The keyboard does not fill in ${label}`);
  }

  /** The name of what has the keyboard. */
  focused(): Promise<string> {
    return this.#page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return "";
      const label = (element as HTMLInputElement).labels?.[0]?.textContent;
      return (element.getAttribute("aria-label") ?? label ?? element.textContent ?? "").trim();
    });
  }
}

/** A time as it is typed where hours are counted to 24, and where they are to 12. @param time `14:00`, or none */
function clocks(time: string): string[] {
  if (time === "") return [""];
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const digits = (number: number) => String(number).padStart(2, "0");
  return [digits(hour) + digits(minute), `${digits(hour % 12 || 12)}${digits(minute)}${hour < 12 ? "AM" : "PM"}`];
}
