import { edexmlFile } from "./edexml.ts";
import { castFile, contactsFile, enrolmentsFile, institutionsFile } from "./lists.ts";
import { makePopulation } from "./population.ts";
import { schoolDaysFile } from "./school-days.ts";

/** All demonstration files: their bytes by their path within `demo/`. The same every time. */
export function demoFiles(): ReadonlyMap<string, Buffer> {
  const { rolls, delivered, cast } = makePopulation();
  const files = new Map(rolls.map((roll) => [`edexml/${roll.school.site}.xml`, edexmlFile(roll)]));
  const texts = {
    "leerplicht/enrolments.csv": enrolmentsFile(delivered),
    "leerplicht/institutions.csv": institutionsFile(),
    "contacts.csv": contactsFile(rolls),
    "school-days.csv": schoolDaysFile(),
    "cast.json": castFile(cast),
  };
  for (const [path, text] of Object.entries(texts)) files.set(path, Buffer.from(text, "utf8"));
  return files;
}
