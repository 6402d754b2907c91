/** An API token with the rights of an administrator, made as the org's developer would make one. */
export async function apiToken(org: string, login?: string): Promise<string> {
  const answer = await fetch(`${org}/dev/api-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login ? { login } : {}),
  });
  if (answer.status !== 201) throw new Error(`no API token: ${answer.status} ${await answer.text()}`);
  const { token } = (await answer.json()) as { token: string };
  return token;
}
