import { hashOf } from "../../gateway/policy/trusted-documents.ts";
import type { Look } from "./operations.ts";

/** The headers by which something is asked, with what is odd about them. */
export function headersOf({ oddity }: Look, token: string | undefined): Record<string, string> {
  return {
    "content-type": oddity === "form" ? "application/x-www-form-urlencoded" : "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(oddity === "foreign origin" && { origin: "https://elsewhere.example" }),
    ...(oddity === "known origin" && { origin: "https://dashboard.example" }),
    ...(oddity === "accepts html" && { accept: "text/html" }),
  };
}

export function methodOf({ oddity }: Look): string {
  return oddity === "get" ? "GET" : "POST";
}

export function bodyOf({ query, variables, oddity }: Look): string {
  switch (oddity) {
    case "get":
    case "empty":
      return "";
    case "not json":
      return "{";
    case "batch":
      return JSON.stringify([{ query }, { query }]);
    case "form":
      return `query=${encodeURIComponent(query)}`;
    case "by hash":
      return JSON.stringify({ documentId: `sha256:${hashOf(query)}`, variables });
    default:
      return JSON.stringify({ query, variables });
  }
}
