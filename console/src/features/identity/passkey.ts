/**
 * What the browser does with a passkey. The server says what to ask, in JSON, and gets the answer in JSON; the rest is the
 * browser's and the device's. Where a browser can't do that, nothing of passkeys is offered.
 */
import { answer, api } from "../../lib/api";

/** What a device answers, as JSON. */
export type DeviceAnswer = Record<string, unknown>;

/** Whether this browser has passkeys, and reads and writes them as JSON. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";
}

/** Makes a passkey for this site. Throws what the browser throws, such as `NotAllowedError` where its reader turns away. */
export async function makePasskey(options: Record<string, unknown>): Promise<DeviceAnswer> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  return written(await navigator.credentials.create({ publicKey }));
}

/** Asks the device for any passkey of this site. */
export async function askForPasskey(): Promise<DeviceAnswer> {
  const { options } = await answer(api.POST("/v1/session/passkey-challenge"));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  return written(await navigator.credentials.get({ publicKey }));
}

/** Whether the reader turned away, or took too long: no failure to tell. */
export function isTurnedAway(error: Error | null): boolean {
  return error?.name === "NotAllowedError" || error?.name === "AbortError";
}

function written(credential: Credential | null): DeviceAnswer {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("the browser gave no passkey");
  return credential.toJSON() as unknown as DeviceAnswer;
}
