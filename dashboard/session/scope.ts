/** All that this application may ever do; the provider grants what belongs to the person. */
export const requestedScope =
  "openid absences:report circles:read consents:own conversations:manage guidance:manage incidents:report releases:manage routing:manage signals:handle signals:read statistics:read";
