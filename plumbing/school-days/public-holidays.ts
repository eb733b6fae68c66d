import { Temporal } from "temporal-polyfill";

/**
 * Whether schools are closed for a public holiday. Liberation Day closes them every fifth year. Good Friday is no
 * public holiday by law, but schools close on it; the Friday after Ascension Day is each school's own choice and is
 * not in here. Source: Algemene termijnenwet art. 3, and the school guides.
 */
export function isPublicHoliday(day: Temporal.PlainDate): boolean {
  const { year, month, day: dayOfMonth } = day;
  switch (`${dayOfMonth}-${month}`) {
    case "1-1":
    case "25-12":
    case "26-12":
      return true;
    case "27-4":
      // On a Sunday, the King's birthday is kept the day before, which is no weekday either.
      return day.dayOfWeek !== 7;
    case "26-4":
      return day.dayOfWeek === 6;
    case "5-5":
      return year % 5 === 0;
    default:
      return closedAroundEaster.has(easterSunday(year).until(day).days);
  }
}

/** Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday: in days after Easter Sunday. */
const closedAroundEaster: ReadonlySet<number> = new Set([-2, 0, 1, 39, 49, 50]);

/** Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
export function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const count = epact + toSunday - 7 * correction + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(count / 31), day: (count % 31) + 1 });
}
