"""Is this the same person? With finding and naming faces in a group photo, and a lock that a face opens."""

from demos.face_recognition import DEMO
from pages.ui.face_tasks import face_tasks
from pages.ui.template import show_demo

show_demo(DEMO, face_tasks)
