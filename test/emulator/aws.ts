/** The services that only this test asks, in AWS's JSON protocol: no client of them is needed anywhere else. */

export interface Emulated {
  readonly endpoint: string;
  readonly region: string;
}

/** Signed for nobody: the emulator reads only the service's name in it. */
const ask =
  (service: string, target: string, { endpoint, region }: Emulated) =>
  async (operation: string, body: object): Promise<unknown> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${target}.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

/** An access token of a new user in a group. */
export async function tokenOf(
  emulated: Emulated,
  { UserPoolId, UserPoolClientId }: { readonly UserPoolId: string; readonly UserPoolClientId: string },
  role: string,
): Promise<string> {
  const cognito = ask('cognito-idp', 'AWSCognitoIdentityProviderService', emulated);
  const user = { UserPoolId, Username: 'marie.dupont' };
  const Password = 'Un-mot-de-passe-1';
  await cognito('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS', TemporaryPassword: Password });
  await cognito('AdminSetUserPassword', { ...user, Password, Permanent: true });
  await cognito('AdminAddUserToGroup', { ...user, GroupName: role });
  const { AuthenticationResult } = (await cognito('AdminInitiateAuth', {
    UserPoolId,
    ClientId: UserPoolClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: user.Username, PASSWORD: Password },
  })) as { AuthenticationResult: { AccessToken: string } };
  return AuthenticationResult.AccessToken;
}

export interface Rule {
  readonly name: string;
  matches(event: unknown): Promise<boolean>;
}

/** The rules whose names begin so. Events of AWS's own services cannot be put, so their patterns are asked about them. */
export async function rulesOf(emulated: Emulated, NamePrefix: string): Promise<readonly Rule[]> {
  const events = ask('events', 'AWSEvents', emulated);
  const { Rules } = (await events('ListRules', { NamePrefix })) as {
    Rules: readonly { readonly Name: string; readonly EventPattern: string }[];
  };
  return Rules.map(({ Name, EventPattern }) => ({
    name: Name,
    matches: async (event) => {
      const asked = { EventPattern, Event: JSON.stringify(event) };
      return ((await events('TestEventPattern', asked)) as { Result: boolean }).Result;
    },
  }));
}

/** Addresses to which mail has gone, with the subject. */
export async function mailsOf({ endpoint }: Emulated, account: string): Promise<readonly string[]> {
  const answer = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as {
    messages: Readonly<
      Record<string, readonly { readonly To: readonly string[]; readonly Subject: string }[]>
    >;
  };
  return (messages[account] ?? []).map(({ To, Subject }) => `${To.join()}: ${Subject}`);
}
