package io.serversence.access;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a sign-in that is with the provider in the browser itself, sealed for ten minutes by a key
 * that ends with the process: what anyone can begin costs no memory here. Safe for use by many
 * threads.
 */
final class PendingCookie {
  static final Duration LIFE = Duration.ofMinutes(10);
  private static final int LONGEST = 3_500;

  private final SecretKeySpec key = SecretKey.random().spec();

  /** The value of the cookie. */
  String seal(PendingSignIn pending, Instant now) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .claim("state", pending.state())
            .claim("nonce", pending.nonce())
            .claim("verifier", pending.verifier())
            .claim("callback", pending.callback().toString())
            .claim("return", pending.returnTo())
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    EncryptedJWT sealed =
        new EncryptedJWT(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), claims);
    try {
      sealed.encrypt(new DirectEncrypter(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java has no AES-256-GCM", e);
    }
    return sealed.serialize();
  }

  /** What was sealed here and is not too old; empty for all else. */
  Optional<PendingSignIn> open(String value, Instant now) {
    if (value.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      EncryptedJWT sealed = EncryptedJWT.parse(value);
      sealed.decrypt(new DirectDecrypter(key));
      JWTClaimsSet claims = sealed.getJWTClaimsSet();
      Date end = claims.getExpirationTime();
      return end == null || !now.isBefore(end.toInstant())
          ? Optional.empty()
          : Optional.of(
              new PendingSignIn(
                  text(claims, "state"),
                  text(claims, "nonce"),
                  text(claims, "verifier"),
                  URI.create(text(claims, "callback")),
                  text(claims, "return")));
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty(); // of another process, or by another hand
    }
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    @Nullable String text = claims.getStringClaim(name);
    if (text == null) {
      throw new ParseException(name, 0);
    }
    return text;
  }
}
