import json
from openai import OpenAI

client = OpenAI()

FUNCTIONS = [{"name": "weather", "description": "Weather of a city", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}]


def weather(city):
    return "sunny in " + city


def run(question):
    messages = [{"role": "user", "content": question}]
    response = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=messages,
        functions=FUNCTIONS,
        function_call="auto",
    )
    message = response.choices[0].message
    if message.function_call:
        name = message.function_call.name
        arguments = json.loads(message.function_call.arguments)
        result = weather(arguments["city"])
        messages.append(message)
        messages.append({"role": "function", "name": name, "content": result})
        second = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
        return second.choices[0].message.content
    return message.content


print(run("What is the weather in Paris?"))
