package io.serversence.access;

import java.net.URI;

/**
 * A sign-in that is with the provider.
 *
 * @param state what the provider's answer must repeat, which binds it to the browser
 * @param nonce what the ID token must repeat, which binds that to this sign-in
 * @param verifier what PKCE's challenge was made of, which binds the code to this sign-in
 * @param callback where the answer was asked to
 * @param returnTo the path that the browser goes to at last
 */
record PendingSignIn(String state, String nonce, String verifier, URI callback, String returnTo) {
  @Override
  public String toString() {
    return "PendingSignIn[" + returnTo + "]";
  }
}
