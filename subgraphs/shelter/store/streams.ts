import type { Claims } from "../../../plumbing/claims.ts";
import { ownStream } from "../../agency/store/own-stream.ts";
import { conversationStream, guidanceStream } from "./telling.ts";

/** The streams of the support circles of the caller's schools: a teacher's token names one as well, and may read no circle. */
export function circleStreams({ role, schools = [] }: Claims): readonly string[] {
  return role === undefined ? schools : [];
}

/** The streams of the talks that a shelter, or a school's contact person, may know of. */
export function conversationStreams(claims: Claims): readonly string[] {
  return (claims.party === "school" ? circleStreams(claims) : ownStream(claims)).map(conversationStream);
}

/** The stream of the families that the caller's organisation guides. */
export function guidanceStreams(claims: Claims): readonly string[] {
  return ownStream(claims).map(guidanceStream);
}
