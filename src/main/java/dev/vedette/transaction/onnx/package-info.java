/**
 * Runs ONNX files by ONNX Runtime, where that library is on the class path; without it, and in
 * native executables, they are refused with a remedy. Imports {@code transaction.model} and {@code
 * ingestion.body}. First class to read: {@link dev.vedette.transaction.onnx.OnnxRuntime}.
 */
@NullMarked
package dev.vedette.transaction.onnx;

import org.jspecify.annotations.NullMarked;
