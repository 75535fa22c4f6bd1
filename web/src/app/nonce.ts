/** The nonce that the server put into this page; style elements made later carry it. */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]");
  return meta?.nonce ?? "";
}
