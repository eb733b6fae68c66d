/** What a page may do, as a Content-Security-Policy: each directive with its sources. */
export type ContentSecurityPolicy = Readonly<Record<string, string>>;

/**
 * For a page that runs its own scripts and styles and nothing else: nothing inline, nothing from elsewhere, no
 * text that becomes code, and no other site around it.
 * @param connect origins that it may call besides its own.
 */
export function strictPolicy(connect: readonly string[]): ContentSecurityPolicy {
  return {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self'",
    "connect-src": ["'self'", ...connect].join(" "),
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
  };
}

/**
 * For an editor in the page, in development: it writes styles as it goes, carries its fonts in them, and
 * runs its languages in workers.
 */
export function editorPolicy(connect: readonly string[]): ContentSecurityPolicy {
  const { "require-trusted-types-for": _, "trusted-types": __, ...strict } = strictPolicy(connect);
  return {
    ...strict,
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "img-src": "'self' data:",
    "worker-src": "'self' blob:",
  };
}

/** The headers of every answer that belongs to a page. */
export function pageHeaders(policy: ContentSecurityPolicy): Readonly<Record<string, string>> {
  const directives = Object.entries(policy).map(([name, sources]) => `${name} ${sources}`);
  return {
    "content-security-policy": directives.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
