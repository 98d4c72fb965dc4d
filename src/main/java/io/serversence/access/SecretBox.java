package io.serversence.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for the database: AES-256-GCM with a random nonce (NIST SP 800-38D), and the key's
 * id before it, so that keys can be changed one after another. Immutable, safe for use by many
 * threads.
 */
public final class SecretBox {
  private static final System.Logger LOG = System.getLogger(SecretBox.class.getName());

  /** Leaves secrets as they are, for stores that have no key. */
  public static final SecretBox PLAIN = new SecretBox(List.of());

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final Pattern SEALED =
      Pattern.compile("sealed:1:([0-9a-f]{16}):([A-Za-z0-9_-]{38,})");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<SecretKey> keys;

  private SecretBox(List<SecretKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * A box with keys.
   *
   * @param keys at least one; the first seals, all open
   */
  public static SecretBox of(List<SecretKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a key is needed");
    }
    return new SecretBox(keys);
  }

  /**
   * What the database gets for a secret. What is sealed with the newest key, or with one that is
   * not here, comes back as it is.
   */
  public String seal(String secret) {
    if (keys.isEmpty()) {
      return secret;
    }
    Matcher sealed = SEALED.matcher(secret);
    boolean alien = sealed.matches() && key(sealed.group(1)) == null;
    return alien || isCurrent(secret) ? secret : sealed(open(secret));
  }

  private String sealed(String secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] text =
        run(Cipher.ENCRYPT_MODE, keys.get(0), nonce, secret.getBytes(StandardCharsets.UTF_8));
    byte[] all = Arrays.copyOf(nonce, NONCE + text.length);
    System.arraycopy(text, 0, all, NONCE, text.length);
    return "sealed:1:"
        + keys.get(0).id()
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The secret that was sealed. What was never sealed comes back as it is, and so does what no key
   * here opens: the target will refuse it, and once the key is back it is right again.
   */
  public String open(String text) {
    Matcher sealed = SEALED.matcher(text);
    if (!sealed.matches()) {
      return text;
    }
    SecretKey key = key(sealed.group(1));
    if (key == null) {
      LOG.log(
          System.Logger.Level.ERROR,
          "a secret was sealed with the key {0}, which is neither in SERVERSENCE_SECRET_KEY nor in"
              + " the data folder",
          sealed.group(1));
      return text;
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(sealed.group(2));
      byte[] nonce = Arrays.copyOf(all, NONCE);
      byte[] plain =
          run(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOfRange(all, NONCE, all.length));
      return new String(plain, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.ERROR, "a sealed secret was damaged and cannot be opened");
      return text;
    }
  }

  /** True if a text is sealed with the newest key; a box without keys is content with any. */
  public boolean isCurrent(String text) {
    return keys.isEmpty() || text.startsWith("sealed:1:" + keys.get(0).id() + ":");
  }

  private @Nullable SecretKey key(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
  }

  /** Throws IllegalArgumentException for what was not sealed with this key. */
  private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot be opened", e);
    }
  }
}
