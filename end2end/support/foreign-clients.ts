import * as addresses from './addresses.ts';
import { client } from './people.ts';

/** The registered clients of the wire specs, one for each way to authenticate at the token endpoint. */
export const clients = [
  { method: 'client_secret_basic', ...client('0oaWireBasic00000001') },
  { method: 'client_secret_post', ...client('0oaWirePost000000001') },
  { method: 'none', ...client('0oaWirePublic0000001') },
] as const;

/** Knows the address that the org sends the person back to. */
export const isCallback = (url: URL) => url.href.startsWith(addresses.clientCallback);
