"""A stock Gradio app: a picture in, five labels out; a recording in, its words out. `python app.py PORT`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import gradio as gr  # noqa: E402  (the path comes first)
from network import classify, hear  # noqa: E402

pictures = gr.Interface(fn=classify, inputs=gr.Image(type="pil"), outputs=gr.Label(num_top_classes=5),
                        title="What is in this picture?", api_name="predict")
speech = gr.Interface(fn=hear, inputs=gr.Audio(type="filepath"), outputs="text", title="What is said?", api_name="hear")
demo = gr.TabbedInterface([pictures, speech], ["Pictures", "Speech"])
demo.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
