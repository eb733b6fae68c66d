import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { inWeeks } from "../way/circle-family.ts";

/* What tests of a shelter's screen do again and again. */

/** Fills in the form, once with a family that the shelter's own system does not have. */
export async function beginGuidance(shelter: Page, key: string): Promise<void> {
  await shelter.getByRole("button", { name: "Begin een begeleiding" }).click();
  const familyKey = shelter.getByLabel("Het gezin, met de sleutel");
  await familyKey.fill(randomUUID());
  await shelter.getByLabel("Begeleider").fill("Iris de Wit");
  await shelter.getByRole("button", { name: "Begin", exact: true }).click();
  await shelter.getByText("Vul een naam in, en een telefoonnummer").waitFor();
  await shelter.getByLabel("Telefoon").fill("+31 6 12345678");
  await shelter.getByRole("button", { name: "Begin", exact: true }).click();
  await shelter.getByText("Dit gezin staat niet in uw eigen systeem").waitFor();
  await familyKey.fill(key);
  await shelter.getByRole("button", { name: "Begin", exact: true }).click();
  await shelter.getByText("De begeleiding is begonnen").waitFor();
}

export async function agree(shelter: Page, parent = "Aylin Kaya"): Promise<void> {
  await shelter.getByLabel("Welke ouder geeft toestemming?").selectOption({ label: parent });
  await shelter.getByLabel("Tot en met").fill(inWeeks(8));
  await shelter.getByRole("button", { name: "Leg de toestemming vast" }).click();
  await shelter.getByText(`Toestemming van ${parent}, tot en met`).waitFor();
}

export async function withdraw(shelter: Page, parent = "Aylin Kaya"): Promise<void> {
  await shelter.getByRole("button", { name: new RegExp(`^Trek de toestemming in.*${parent}$`) }).click();
  await shelter.getByRole("button", { name: "Ja, trek de toestemming in" }).click();
}

/** A parent's, as the supporter reads it out. */
export async function codeOf(shelter: Page): Promise<string> {
  await shelter.getByRole("button", { name: "Maak een code voor Aylin Kaya" }).click();
  return (await shelter.locator(".code").textContent()) ?? "";
}
