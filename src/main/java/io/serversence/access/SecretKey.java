package io.serversence.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits that seals secrets. Immutable. */
public final class SecretKey {
  private static final int BYTES = 32;

  private final byte[] bytes;
  private final String id;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = id(bytes);
  }

  /** A new one. */
  public static SecretKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SecretKey(bytes);
  }

  /**
   * Reads a key as it is configured.
   *
   * @param text 32 bytes in Base64, of either alphabet
   * @throws IllegalArgumentException if it is not that; its message does not repeat the text
   */
  public static SecretKey parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      bytes = new byte[0]; // told below; the cause would show a part of the key
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "must be 32 bytes in Base64, as openssl rand -base64 32 makes them");
    }
    return new SecretKey(bytes);
  }

  /** Names the key and tells nothing about it: 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  SecretKeySpec spec() {
    return new SecretKeySpec(bytes, "AES");
  }

  /** The key in Base64, for its file. */
  String text() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String id(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("ServerSence key id".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "SecretKey[" + id + "]";
  }
}
