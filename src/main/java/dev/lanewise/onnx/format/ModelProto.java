package dev.lanewise.onnx.format;

import java.util.Map;

/// A file: a graph and its versions.
///
/// @param irVersion of the format
/// @param producer the program that wrote it, may be empty
/// @param opsets the version of each domain's operators; ONNX's own domain is empty
/// @param graph the network
/// @param metadata free text
/// @param functions the number of functions that it defines
public record ModelProto(
    long irVersion, String producer, Map<String, Long> opsets, GraphProto graph, Map<String, String> metadata,
    int functions) {}
