package dev.lanewise.onnx.format;

import java.util.Map;

/// A file: a graph and what it is written in.
///
/// @param irVersion of the format
/// @param producer who wrote it, may be empty
/// @param opsets from a domain, empty for ONNX's own, to the version of its operators
/// @param graph the network
/// @param metadata free text
/// @param functions how many functions of its own it defines
public record ModelProto(
    long irVersion, String producer, Map<String, Long> opsets, GraphProto graph, Map<String, String> metadata,
    int functions) {}
