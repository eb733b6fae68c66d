/** The time, as an argument: decisions and doors ask a clock, so that a test can set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
