import { readFileSync } from "node:fs";

/** A setting that is missing or wrong. The message names the setting, never its value. */
export class ConfigError extends Error {
  readonly code: string = "CONFIG_ERROR";
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The one reader of the environment. Each setting may be given as NAME, or as NAME_FILE
 * with the path of a file that holds it (the way secrets reach a container).
 */
export class Config {
  readonly #environment: Environment;

  constructor(environment: Environment = process.env) {
    this.#environment = environment;
  }

  /** The same settings, with those given here in the place of the environment's. */
  with(settings: Environment): Config {
    return new Config({ ...this.#environment, ...settings });
  }

  /** @throws ConfigError where the setting is missing and no fallback is given. */
  text(name: string, fallback?: string): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) throw new ConfigError(`The setting ${name} (or ${name}_FILE) is missing`);
    return value;
  }

  optional(name: string): string | undefined {
    const value = this.#environment[name];
    if (value !== undefined && value !== "") return value;
    const path = this.#environment[`${name}_FILE`];
    if (path === undefined || path === "") return undefined;
    try {
      return readFileSync(path, "utf8").trim();
    } catch {
      throw new ConfigError(`The file named by ${name}_FILE cannot be read`);
    }
  }

  /** @throws ConfigError unless the setting is one of these words. */
  choice<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const text = this.text(name, fallback);
    const word = words.find((one) => one === text);
    if (word === undefined) throw new ConfigError(`The setting ${name} must be one of ${words.join(", ")}`);
    return word;
  }

  /** @throws ConfigError unless the setting is a whole number from `min` to `max`. */
  integer(name: string, options: { fallback?: number; min?: number; max?: number } = {}): number {
    const { fallback, min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const text = this.text(name, fallback === undefined ? undefined : String(fallback));
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new ConfigError(`The setting ${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  /** @throws ConfigError unless the setting is an absolute http(s) or postgres(ql) URL. */
  url(name: string, fallback?: string): string {
    const text = this.text(name, fallback);
    if (!URL.canParse(text)) throw new ConfigError(`The setting ${name} must be a URL`);
    return text;
  }

  /** @throws ConfigError unless the setting is JSON. */
  json<T>(name: string): T {
    try {
      return JSON.parse(this.text(name)) as T;
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      throw new ConfigError(`The setting ${name} must be JSON`);
    }
  }

  /** Comma-separated values, without blanks. */
  list(name: string): string[] {
    return (this.optional(name) ?? "")
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  }

  /** `name=value,name=value` as a map. */
  map(name: string): Map<string, string> {
    return new Map(
      this.list(name).map((item) => {
        const at = item.indexOf("=");
        if (at < 1) throw new ConfigError(`The setting ${name} must read name=value,name=value`);
        return [item.slice(0, at), item.slice(at + 1)];
      }),
    );
  }
}

/** Where a part listens. Port 0 takes any free port. */
export interface ListenConfig {
  readonly host: string;
  readonly port: number;
}

export function readListenConfig(config: Config): ListenConfig {
  return { host: config.text("HOST", "127.0.0.1"), port: config.integer("PORT", { fallback: 0, max: 65_535 }) };
}
