"""A stock Gradio app: a picture in, five labels out. `python app.py PORT`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import gradio as gr  # noqa: E402  (the path comes first)
from network import classify  # noqa: E402

demo = gr.Interface(fn=classify, inputs=gr.Image(type="pil"), outputs=gr.Label(num_top_classes=5),
                    title="What is in this picture?", api_name="predict")
demo.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
