"""From a trained network or encoder to one ONNX file: traced, optimised, on request in 8 bits, and compared with torch.

torch, onnx and onnxruntime's tools are needed here; the folder that comes out needs none of them but onnxruntime.
"""
