import "reflect-metadata";
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 24 * 3_600_000;

/** A certificate and its key, PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** Signs certificates for a test. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly ca: string;
  /** @param address the IP address that the certificate is of. */
  issue(address?: string, state?: "valid" | "expired"): Promise<Issued>;
}

export async function makeAuthority(): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const now = Date.now();
  const root: X509Certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=Authority of a test",
    notBefore: new Date(now - 30 * day),
    notAfter: new Date(now + day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  let serial = 1;
  return {
    ca: root.toString("pem"),
    async issue(address = "127.0.0.1", state = "valid") {
      const own = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      serial += 1;
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, "0"),
        subject: "CN=Part of a test",
        issuer: root.subject,
        notBefore: new Date(now - 20 * day),
        notAfter: new Date(state === "valid" ? now + day : now - day),
        signingKey: keys.privateKey,
        publicKey: own.publicKey,
        signingAlgorithm: algorithm,
        extensions: [new SubjectAlternativeNameExtension([{ type: "ip", value: address }])],
      });
      const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", own.privateKey)).toString("base64");
      return {
        cert: certificate.toString("pem"),
        key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
      };
    },
  };
}
