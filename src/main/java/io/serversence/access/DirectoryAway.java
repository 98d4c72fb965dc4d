package io.serversence.access;

/** The directory cannot tell: it is not there, takes too long, or refuses to be asked. */
final class DirectoryAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DirectoryAway(String message, Throwable cause) {
    super(message, cause);
  }
}
