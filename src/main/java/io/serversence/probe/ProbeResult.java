package io.serversence.probe;

import io.serversence.monitor.Evidence;
import io.serversence.monitor.Sample;

/** What one probe brought: the sample, and the evidence for it. */
public record ProbeResult(Sample sample, Evidence evidence) {}
