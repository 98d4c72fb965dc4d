package io.serversence.probe;

import io.netty.buffer.ByteBuf;

/**
 * Watches a stream of Server-Sent Events for its first event or comment, as the HTML standard,
 * section 9.2.6, has them: an event is a blank line after some {@code data}. Keeps nothing. Used by
 * one thread.
 */
final class EventScan {
  private static final String DATA = "data";
  private static final int[] MARK = {0xef, 0xbb, 0xbf};

  private int column;
  private boolean comment;
  private boolean matching = true;
  private boolean data;
  private boolean afterReturn;
  private int markLeft = MARK.length;

  /** Reads on, without moving the reader; true once the first event or comment is complete. */
  boolean arrived(ByteBuf part) {
    for (int i = part.readerIndex(); i < part.writerIndex(); i++) {
      if (next(part.getByte(i) & 0xff)) {
        return true;
      }
    }
    return false;
  }

  private boolean next(int c) {
    if (markLeft > 0 && c == MARK[MARK.length - markLeft]) {
      markLeft--;
      return false; // a byte order mark at the very beginning
    }
    markLeft = 0;
    boolean restOfEnd = afterReturn && c == '\n';
    afterReturn = c == '\r';
    if (restOfEnd) {
      return false;
    }
    if (c == '\r' || c == '\n') {
      return lineEnds();
    }
    if (column == 0) {
      comment = c == ':';
    }
    if (column < DATA.length()) {
      matching &= c == DATA.charAt(column);
    } else if (column == DATA.length()) {
      matching &= c == ':';
    }
    column++;
    return false;
  }

  private boolean lineEnds() {
    boolean blank = column == 0;
    boolean dataLine = matching && column >= DATA.length();
    boolean arrived = comment || (blank && data);
    data = !blank && (data || dataLine);
    column = 0;
    comment = false;
    matching = true;
    return arrived;
  }
}
