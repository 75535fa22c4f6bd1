/**
 * A command for a shell that asks the server what the page asked. Who is signed in finds the place for
 * the token, and not the token: commands are sent to colleagues.
 *
 * @param address of the pages, with a slash at its end
 */
export function curlOf(
  address: string,
  path: string,
  parameters: Readonly<Record<string, string | number>>,
  signedIn: boolean,
): string {
  const lines = [
    `curl -G ${shellQuoted(address + path)}`,
    ...(signedIn ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...Object.entries(parameters).map(([key, value]) => `--data-urlencode ${shellQuoted(`${key}=${value}`)}`),
  ];
  return lines.join(" \\\n  ");
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
