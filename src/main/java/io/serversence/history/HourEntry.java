package io.serversence.history;

import java.util.List;

/**
 * What the chunk of a day keeps of each of its hours.
 *
 * @param observed by the samples of this hour, as if there were no others
 */
record HourEntry(Observed observed, Bucket bucket) {
  /** Of these samples, oldest first, at least one. */
  static HourEntry of(int hour, List<SampleRow> samples) {
    Observation observation = new Observation();
    Bucket bucket = new Bucket();
    for (SampleRow sample : samples) {
      observation.add(Availability.micros(sample.at), sample.reaching(), sample.known());
      bucket.add(sample.known(), sample.latency);
    }
    Observed observed = observation.observed();
    if (observed == null) {
      throw new IllegalArgumentException("no samples in hour " + hour);
    }
    return new HourEntry(observed, bucket);
  }

  static HourEntry read(int hour, byte[] bytes) {
    PackedReader reader = new PackedReader(bytes);
    Observed observed = Observed.read(reader, Level.start(hour));
    Bucket bucket = new Bucket();
    bucket.add(reader);
    return new HourEntry(observed, bucket);
  }

  byte[] toBytes(int hour) {
    PackedWriter writer = new PackedWriter();
    observed.write(writer, Level.start(hour));
    bucket.write(writer);
    return writer.toBytes();
  }

  HourEntry and(HourEntry other) {
    Bucket both = new Bucket();
    both.add(new PackedReader(bucket.toBytes()));
    both.add(new PackedReader(other.bucket.toBytes()));
    return new HourEntry(observed.and(other.observed), both);
  }
}
